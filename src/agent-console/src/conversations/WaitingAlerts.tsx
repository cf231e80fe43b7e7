import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { newlyWaiting } from "../live/selectors";
import { useConsole } from "../session/consoleContext";
import type { ConversationSummary } from "../wire/conversation";
import { notificationsWanted } from "./notifications";

/** Tells of new waiting conversations: in a live region always, as a browser notification when the tab is not looked at. */
export function WaitingAlerts() {
  const { live } = useConsole();
  const [, navigate] = useLocation();
  const [announcement, setAnnouncement] = useState("");

  useEffect(() => {
    let before = live.getState();
    return live.subscribe(() => {
      const after = live.getState();
      const arrived = newlyWaiting(before, after);
      before = after;
      if (arrived.length === 0) {
        return;
      }
      setAnnouncement(inWords(arrived));
      if (notificationsWanted() && !document.hasFocus()) {
        arrived.forEach((conversation) => notify(conversation, () => navigate(`/conversations/${encodeURIComponent(conversation.id)}`)));
      }
    });
  }, [live, navigate]);

  return (
    <p role="status" aria-label="New waiting conversations" className="sr-only">
      {announcement}
    </p>
  );
}

function inWords(arrived: readonly ConversationSummary[]): string {
  const [first, ...others] = arrived;
  if (first === undefined) {
    return "";
  }
  const said = `${first.customerName} is waiting: ${first.subject}`;
  return others.length === 0 ? said : `${said}, and ${others.length} more`;
}

function notify(conversation: ConversationSummary, open: () => void): void {
  try {
    // The tag makes several tabs of one console show one notification.
    const shown = new Notification(`${conversation.customerName} is waiting`, { body: conversation.subject, tag: conversation.id });
    shown.onclick = () => {
      window.focus();
      open();
      shown.close();
    };
  } catch {
    // Some phones allow notifications from service workers only; the list and the title still tell.
  }
}
