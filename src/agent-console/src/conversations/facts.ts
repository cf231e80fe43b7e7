import type { ConversationSummary } from "../wire/conversation";
import type { Me } from "../wire/session";
import { humanise } from "../words/humanise";

/** The company's own title of a queue, or the queue's name as a phrase when the company no longer lists it. */
export function queueTitle(queue: string, me: Me): string {
  return me.company.queues.find((one) => one.name === queue)?.title ?? humanise(queue);
}

export function isMine(conversation: ConversationSummary, me: Me): boolean {
  return conversation.state === "assigned" && conversation.assignee?.id === me.id;
}

/** Where the conversation stands, for a badge. */
export function stateInWords(conversation: ConversationSummary, me: Me): string {
  switch (conversation.state) {
    case "bot":
      return `With ${me.company.bot}`;
    case "waiting":
      return "Waiting";
    case "assigned":
      return isMine(conversation, me) ? "Yours" : (conversation.assignee?.name ?? "Assigned");
    case "resolved":
      return "Resolved";
  }
}
