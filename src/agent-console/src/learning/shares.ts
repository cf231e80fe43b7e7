/** A share of 0 to 1 in words: 0.6125 is "61 %", or "61.3 %" with one decimal. */
export function percent(share: number, decimals = 0): string {
  return `${(share * 100).toFixed(decimals)} %`;
}
