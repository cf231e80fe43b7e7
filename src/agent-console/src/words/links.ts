/** The address if a browser may open it from here, null for `javascript:` and every other scheme than http and https. */
export function webAddress(url: string, origin: string = location.origin): string | null {
  try {
    const parsed = new URL(url, origin);
    return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : null;
  } catch {
    return null;
  }
}

/** The public page of an article. */
export function articleAddress(slug: string): string {
  return `/help/${encodeURIComponent(slug)}`;
}

/** The address if it is an absolute https one, null otherwise: for what leads out of this company's own site. */
export function secureAddress(url: string): string | null {
  try {
    const parsed = new URL(url);
    return parsed.protocol === "https:" ? parsed.href : null;
  } catch {
    return null;
  }
}
