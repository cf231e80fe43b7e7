import { language, strings } from '../strings';

const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const date = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });

export const timeOf = (at: number): string => clock.format(at);

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** Days are the customer's. Rounded, since a day in which clocks change has 23 or 25 hours. */
export function dayOf(at: number, now: number): string {
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  return days === 0 ? strings.today : days === 1 ? strings.yesterday : date.format(at);
}

export const sameDay = (a: number, b: number): boolean => midnight(a) === midnight(b);
