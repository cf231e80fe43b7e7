import type { ReactNode } from "react";

const TONES = {
  info: "border-accent-line bg-accent-soft text-ink",
  warn: "border-warn-line bg-warn-soft text-ink",
  danger: "border-danger-line bg-danger-soft text-ink",
} as const;

export function Notice({ tone, children }: { tone: keyof typeof TONES; children: ReactNode }) {
  return <div className={`rounded-md border px-3 py-2 ${TONES[tone]}`}>{children}</div>;
}
