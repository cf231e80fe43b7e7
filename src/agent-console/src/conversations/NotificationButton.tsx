import { Bell, BellOff } from "lucide-react";
import { useState } from "react";
import { notificationChoice, turnNotifications } from "./notifications";

export function NotificationButton() {
  const [choice, setChoice] = useState(notificationChoice);
  if (choice === "unsupported") {
    return null;
  }
  const on = choice === "on";
  const Icon = on ? Bell : BellOff;
  const title =
    choice === "blocked"
      ? "Notifications are blocked in this browser's settings"
      : on
        ? "Notifications are on"
        : "Notify me when a customer waits";
  return (
    <button
      type="button"
      className="inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink disabled:opacity-60"
      aria-label="Notify me when a customer waits"
      aria-pressed={on}
      title={title}
      disabled={choice === "blocked"}
      onClick={() => void turnNotifications(!on).then(setChoice)}
    >
      <Icon aria-hidden="true" className="size-4" />
    </button>
  );
}
