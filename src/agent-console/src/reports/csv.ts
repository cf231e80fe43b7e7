export type Cell = string | number | null;

/**
 * RFC 4180 text with a byte order mark, which spreadsheets need in order to read it as UTF-8. A text that a spreadsheet
 * would run as a formula gets an apostrophe in front: a customer's subject line is not to be trusted. Numbers stay numbers.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [header, ...rows].map((row) => row.map(quote).join(","));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

function quote(cell: Cell): string {
  if (cell === null) {
    return "";
  }
  if (typeof cell === "number") {
    return String(cell);
  }
  // Leading blanks do not stop a spreadsheet from seeing the formula behind them.
  const text = /^\s*[=+\-@\t\r]/.test(cell) || /^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return `"${text.replaceAll('"', '""')}"`;
}

export function downloadCsv(fileName: string, csv: string): void {
  const address = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
