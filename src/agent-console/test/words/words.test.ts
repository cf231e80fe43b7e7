import { describe, expect, it } from "vitest";
import { splitMarks } from "../../src/conversations/MessageText";
import { humanise } from "../../src/words/humanise";
import { articleAddress, webAddress } from "../../src/words/links";
import { reasonInWords } from "../../src/words/reasons";
import { formatDuration, formatElapsed, zonedTimes } from "../../src/words/time";

it.each([
  [0, "0 s"],
  [0.04, "40 ms"],
  [0.0996, "0.1 s"],
  [0.94, "0.9 s"],
  [3, "3 s"],
  [9.96, "10 s"],
  [59.6, "1 min"],
  [190, "3 min 10 s"],
  [741, "12 min"],
  [3599, "1 h"],
  [7500, "2 h 05 min"],
  [86_399, "1 d"],
  [100_800, "1 d 4 h"],
])("%d seconds read %s", (seconds, words) => {
  expect(formatDuration(seconds)).toBe(words);
});

it("a running wait reads like a clock, and never below zero when clocks disagree", () => {
  expect([-5000, 7000, 760_000, 3_729_000].map(formatElapsed)).toEqual(["0:00", "0:07", "12:40", "1:02:09"]);
});

describe("times", () => {
  it("are those of the company, over its changes of the clock too", () => {
    const dublin = zonedTimes("Europe/Dublin");
    expect(dublin.time("2026-07-01T12:00:00Z")).toBe("13:00");
    expect(dublin.time("2026-12-01T12:00:00Z")).toBe("12:00");
    expect(dublin.dayKey("2026-07-01T23:30:00Z")).toBe(dublin.dayKey("2026-07-02T01:00:00Z"));
  });

  it("fall back to the browser's zone when the company's is unknown to it", () => {
    expect(zonedTimes("Mars/Olympus").time("2026-07-01T12:00:00Z")).toMatch(/^\d\d:\d\d$/);
  });

  it("that are none read as nothing", () => {
    expect(zonedTimes("Europe/Dublin").time("soon")).toBe("");
  });
});

it("a reason is said in words, and an unknown one is spelt out", () => {
  expect(reasonInWords("LowConfidence")).toBe("The bot was not sure");
  expect(reasonInWords("SomethingNew")).toBe("Something new");
  expect(humanise("check_refund_policy")).toBe("Check refund policy");
});

describe("links", () => {
  it.each(["javascript:alert(1)", "JAVASCRIPT:alert(1)", " javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "http://"])(
    "refuse %s",
    (url) => {
      expect(webAddress(url, "https://console.example")).toBeNull();
    },
  );

  it("allow http and https, absolute or of this origin", () => {
    expect(webAddress("https://shop.example/help/a", "https://console.example")).toBe("https://shop.example/help/a");
    expect(webAddress("/help/a", "https://console.example")).toBe("https://console.example/help/a");
  });

  it("to an article cannot leave the help pages", () => {
    expect(articleAddress("../../console?x#y")).toBe("/help/..%2F..%2Fconsole%3Fx%23y");
  });
});

describe("the bot's marks", () => {
  it("are bold words and citation numbers", () => {
    expect(splitMarks("It takes **two days**. [1]")).toEqual([
      { kind: "text", text: "It takes " },
      { kind: "bold", text: "two days" },
      { kind: "text", text: ". " },
      { kind: "citation", position: 1 },
    ]);
  });

  it("leave every other text as it is", () => {
    const texts = ["", "**", "** a", "[x] [] [1", "<img src=x onerror=alert(1)>", "****", "a*b*c", "[1234]"];
    expect(texts.map((text) => splitMarks(text).map((part) => (part.kind === "citation" ? "!" : part.text)).join(""))).toEqual(texts);
  });
});
