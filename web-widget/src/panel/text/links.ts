/**
 * The address to put on a link, or null when it is not one that a message may carry. Relative addresses are the
 * server's. The browser's own parser decides what the scheme is, so that no spelling of `javascript:` slips through.
 */
export function safeLink(href: string, server: string): string | null {
  try {
    const url = new URL(href, server);
    return /^(https?|mailto|tel):$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
