import { humanise } from "./humanise";

/** Keyed by the reason code without case or separators, as services differ in how they spell one. */
const REASONS: Readonly<Record<string, string>> = {
  customeraskedforhuman: "The customer asked for a person",
  humanrequested: "The customer asked for a person",
  didnothelp: "The answer did not help",
  answerdidnothelp: "The answer did not help",
  outofscope: "The question is outside what the bot knows",
  lowconfidence: "The bot was not sure enough to answer",
  nopassage: "No article covers the question",
  workflowhuman: "This kind of request is always handled by a person",
  workflowneedshuman: "This kind of request is always handled by a person",
  slotfailed: "The bot could not get the details it needs",
  slottriesexhausted: "The bot could not get the details it needs",
  turnfailed: "Something failed while the bot was answering",
  error: "Something failed while the bot was answering",
};

/** Why a human is needed, as a short phrase; an unknown code is spelt out rather than hidden. */
export function reasonInWords(code: string): string {
  return REASONS[code.replace(/[^a-z]/gi, "").toLowerCase()] ?? humanise(code);
}
