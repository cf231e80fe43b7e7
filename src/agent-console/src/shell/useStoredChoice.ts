import { useState } from "react";

/** A yes-or-no choice of this browser's user, kept across visits where the browser allows it. */
export function useStoredChoice(key: string, fallback: boolean): [boolean, (value: boolean) => void] {
  const [value, setValue] = useState(() => {
    try {
      const stored = localStorage.getItem(key);
      return stored === null ? fallback : stored === "true";
    } catch {
      return fallback;
    }
  });
  return [
    value,
    (next) => {
      setValue(next);
      try {
        localStorage.setItem(key, String(next));
      } catch {
        // Storage is blocked: the choice lasts as long as the page.
      }
    },
  ];
}
