/** Waits until the check no longer throws; fails with what it threw last. */
export async function eventually(check: () => void, withinMs = 8000): Promise<void> {
  const end = Date.now() + withinMs;
  for (;;) {
    try {
      check();
      return;
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }
}
