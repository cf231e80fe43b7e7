/** "check_refund_policy", "OutOfScope" or "orderNumber" as a phrase: "Check refund policy", "Out of scope", "Order number". */
export function humanise(identifier: string): string {
  const words = identifier
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_\-.]+/g, " ")
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
