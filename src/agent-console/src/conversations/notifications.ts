const KEY = "supportbot-console.notify";

/** What a notification button can be about in this browser at this moment. */
export type NotificationChoice = "unsupported" | "blocked" | "off" | "on";

export function notificationChoice(): NotificationChoice {
  if (typeof Notification === "undefined") {
    return "unsupported";
  }
  if (Notification.permission === "denied") {
    return "blocked";
  }
  return Notification.permission === "granted" && isTurnedOn() ? "on" : "off";
}

export function notificationsWanted(): boolean {
  return notificationChoice() === "on";
}

/** Asks the browser, if it has not been asked yet. Call from a press of a button only. */
export async function turnNotifications(on: boolean): Promise<NotificationChoice> {
  if (on && Notification.permission === "default") {
    await Notification.requestPermission();
  }
  try {
    localStorage.setItem(KEY, String(on));
  } catch {
    // Storage is blocked: notifications stay off, which the button then shows.
  }
  return notificationChoice();
}

function isTurnedOn(): boolean {
  try {
    return localStorage.getItem(KEY) === "true";
  } catch {
    return false;
  }
}
