import type { Message } from '../wire/activity';

/**
 * Puts a message where the server's sequence says, and only once: the same id again replaces the earlier version.
 * Without a sequence a replacement stays where it was, and a new message goes to the end.
 */
export function place(messages: readonly Message[], message: Message): readonly Message[] {
  const known = messages.find(({ id }) => id === message.id);
  const sequence = message.sequence || known?.sequence || (messages.at(-1)?.sequence ?? 0);
  const placed = { ...message, sequence };
  if (known?.sequence === sequence) {
    return messages.map((other) => (other === known ? placed : other));
  }
  const others = messages.filter((other) => other !== known);
  const before = others.findLastIndex((other) => other.sequence <= sequence);
  return others.toSpliced(before + 1, 0, placed);
}
