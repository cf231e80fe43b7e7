/** About three digits of it: "40 ms", "0.9 s", "42 s", "3 min 12 s", "25 min", "2 h 05 min", "1 d 4 h". */
export function formatDuration(seconds: number): string {
  const positive = Math.max(0, seconds);
  if (positive > 0 && positive < 0.0995) {
    return `${Math.max(1, Math.round(positive * 1000))} ms`;
  }
  if (positive < 9.95) {
    return `${Number(positive.toFixed(1))} s`;
  }
  const whole = Math.round(positive);
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 600) {
    const rest = whole % 60;
    return rest === 0 ? `${Math.floor(whole / 60)} min` : `${Math.floor(whole / 60)} min ${rest} s`;
  }
  const minutes = Math.round(whole / 60);
  if (minutes < 60) {
    return `${minutes} min`;
  }
  if (minutes < 24 * 60) {
    const rest = minutes % 60;
    return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${String(rest).padStart(2, "0")} min`;
  }
  const hours = Math.round(minutes / 60);
  const rest = hours % 24;
  return rest === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${rest} h`;
}

/** A running wait: "0:07", "12:40", "1:02:09". */
export function formatElapsed(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const seconds = String(total % 60).padStart(2, "0");
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3600);
  return hours === 0 ? `${minutes}:${seconds}` : `${hours}:${String(minutes).padStart(2, "0")}:${seconds}`;
}

/** Writes times in the company's time zone, whatever the zone of the reader's machine. */
export interface ZonedTimes {
  /** "14:05" */
  time(iso: string): string;
  /** "Friday, 21 November" */
  day(iso: string): string;
  /** "21 Nov 2025, 14:05" */
  dateTime(iso: string): string;
  /** "21 Nov" or, for an hour of a day, "14:00". */
  bucket(iso: string, hourly: boolean): string;
  /** Changes when the day does. */
  dayKey(iso: string): string;
  /** "14:05" today, "21 Nov" otherwise. */
  recent(iso: string, now: number): string;
}

export function zonedTimes(timeZone: string): ZonedTimes {
  const zone = knownZone(timeZone);
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat("en-IE", { ...options, ...(zone === null ? {} : { timeZone: zone }) });
    return (iso: string) => {
      const date = new Date(iso);
      return Number.isNaN(date.getTime()) ? "" : formatter.format(date);
    };
  };
  const time = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const shortDay = format({ day: "numeric", month: "short" });
  const dayKey = format({ year: "numeric", month: "2-digit", day: "2-digit" });
  return {
    time,
    day: format({ weekday: "long", day: "numeric", month: "long" }),
    dateTime: format({ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    bucket: (iso, hourly) => (hourly ? time(iso) : shortDay(iso)),
    dayKey,
    recent: (iso, now) => (dayKey(iso) === dayKey(new Date(now).toISOString()) ? time(iso) : shortDay(iso)),
  };
}

/** Null for a zone that this browser does not know: its own then has to do. */
function knownZone(timeZone: string): string | null {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return timeZone;
  } catch {
    return null;
  }
}
