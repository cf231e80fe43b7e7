import { humanise } from "./humanise";

/** The service's reason codes, short enough for a list. */
const REASONS: Readonly<Record<string, string>> = {
  Ambiguous: "Several readings are possible",
  Answered: "The articles answer it",
  AskedForHuman: "Asked for a person",
  AskedForTicket: "Asked for a ticket",
  BotFailure: "Something failed in the bot",
  Cancelled: "No longer wanted",
  Drafted: "An answer waits for approval",
  EmptyText: "A message without words",
  LookedUp: "Looked up and told",
  LookUpFailed: "A look-up failed",
  LowConfidence: "The bot was not sure",
  NoPassage: "No article covers it",
  NothingFound: "The look-up knows no such thing",
  NotHelped: "The answer did not help",
  OwnCase: "A case of their own",
  OutOfScope: "Outside what the bot knows",
  OtherLanguage: "In a language without articles",
  Reminded: "Reminded of the open question",
  ReadingChosen: "Chosen from the readings offered",
  SlotCorrected: "The customer corrected a detail",
  SlotFilled: "Another detail is needed",
  SlotGivenUp: "A needed detail was not found",
  SlotNotUnderstood: "The detail was not understood",
  SlotsComplete: "All details collected",
  SmallTalk: "Small talk",
  Solved: "The customer says it is settled",
  WentOn: "Went on after another subject",
  WorkflowNeverAnswers: "Always handled by a person",
};

/** Why the bot did what it did, as a short phrase; an unknown code is spelt out rather than hidden. */
export function reasonInWords(code: string): string {
  return REASONS[code] ?? humanise(code);
}
