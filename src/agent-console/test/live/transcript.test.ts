import { describe, expect, it } from "vitest";
import { appendLive, EMPTY_TRANSCRIPT, mergePage, type Transcript } from "../../src/live/transcript";
import { entry, page } from "../samples";

const sequences = (transcript: Transcript): number[] => transcript.entries.map((one) => one.sequence);

describe("a transcript", () => {
  it("shows each sequence once and in order, however pages and live entries overlap", () => {
    let transcript = appendLive(EMPTY_TRANSCRIPT, entry(4));
    transcript = mergePage(transcript, page([1, 2, 4], 4));
    transcript = appendLive(transcript, entry(6));
    transcript = appendLive(transcript, entry(5));
    transcript = mergePage(transcript, page([5, 6, 7], 7));
    expect(sequences(transcript)).toEqual([1, 2, 4, 5, 6, 7]);
  });

  it("resumes after the last stored activity, also when that one is not shown", () => {
    expect(mergePage(EMPTY_TRANSCRIPT, page([1, 2], 5)).resumeAt).toBe(5);
  });

  it("resumes after the last entry of a page that has more behind it", () => {
    const transcript = mergePage(EMPTY_TRANSCRIPT, page([1, 2], 400, true));
    expect(transcript).toMatchObject({ resumeAt: 2, following: false });
  });

  it("does not move its resume position by an entry that arrives before the catch-up is done", () => {
    const behind = appendLive(mergePage(EMPTY_TRANSCRIPT, page([1, 2], 400, true)), entry(401));
    expect(behind.resumeAt).toBe(2);
    const caughtUp = appendLive(mergePage(behind, page([3, 400], 400)), entry(402));
    expect(caughtUp.resumeAt).toBe(402);
  });

  it("never resumes from further back than it has been", () => {
    const transcript = appendLive(mergePage(EMPTY_TRANSCRIPT, page([1], 1)), entry(9));
    expect(mergePage(transcript, page([2], 2)).resumeAt).toBe(9);
  });

  it("takes a page that leads no further for the end, even if it claims more", () => {
    expect(mergePage(EMPTY_TRANSCRIPT, page([], 7, true))).toMatchObject({ following: true, resumeAt: 7 });
    const behind = mergePage(EMPTY_TRANSCRIPT, page([1, 2], 9, true));
    expect(mergePage(behind, page([1, 2], 9, true))).toMatchObject({ following: true, resumeAt: 9 });
  });
});
