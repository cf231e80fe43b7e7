import type { ConversationSummary } from "../wire/conversation";

/** Whether every word of the query occurs somewhere in what the list shows of the conversation. */
export function matches(conversation: ConversationSummary, query: string): boolean {
  const text = [
    conversation.customerName,
    conversation.subject,
    conversation.lastText,
    conversation.queue ?? "",
    conversation.assignee?.name ?? "",
    conversation.ticketNumber ?? "",
  ]
    .join("\n")
    .toLocaleLowerCase();
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
