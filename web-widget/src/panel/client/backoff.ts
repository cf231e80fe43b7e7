const firstMs = 300;
const longestMs = 15_000;

/**
 * How long to wait before try number `attempt` (0 is the first retry): almost at once, then doubling up to 15 s.
 * Half of it is chance, so that a restarted server is not met by all its customers in the same second.
 */
export const backoff = (attempt: number, random: number): number =>
  Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 10)) * (0.5 + random / 2);
