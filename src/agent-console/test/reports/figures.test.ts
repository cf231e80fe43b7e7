import { describe, expect, it } from "vitest";
import { toCsv } from "../../src/reports/csv";
import { bucketFigures, figure, targetInWords } from "../../src/reports/figures";
import { reportCsv } from "../../src/reports/reportCsv";
import type { Metric } from "../../src/wire/reports";
import { fakeResponseTimes } from "../fakeReports";

describe("percentiles", () => {
  it("of the tail are not shown of fewer than five values, the median always is", () => {
    expect(figure("p90", 12, 4)).toEqual({ seconds: null, words: "too few", few: true });
    expect(figure("p50", 12, 1)).toEqual({ seconds: 12, words: "12 s", few: true });
    expect(figure("p95", 12, 5)).toEqual({ seconds: 12, words: "12 s", few: false });
    expect(figure("p50", null, 0).words).toBe("none");
  });

  it("of a bucket are those of the chosen clock", () => {
    const bucket = { start: "2026-11-20T00:00:00Z", count: 9, p50: 60, p90: 120, businessP50: 30 };
    expect(bucketFigures(bucket, "wall")).toMatchObject({ p50: { seconds: 60 }, p90: { seconds: 120 } });
    expect(bucketFigures(bucket, "business")).toMatchObject({ p50: { seconds: 30 }, p90: { seconds: null } });
  });
});

describe("a target", () => {
  const metric = (p50: number, p90: number, count = 10): Metric => ({
    metric: "m",
    title: "M",
    definition: "",
    targetSeconds: 60,
    count,
    wall: { p50: 9999, p90: 9999, p95: 9999 },
    business: { p50, p90, p95: p90 },
    series: [],
  });

  it.each([
    [metric(60, 60), true, "p50 and p90 meet the target of 1 min in business hours"],
    [metric(30, 61), false, "p50 meets, p90 misses the target of 1 min in business hours"],
    [metric(61, 90), false, "p50 misses the target of 1 min in business hours"],
    [metric(30, 90, 3), true, "p50 meets the target of 1 min in business hours"],
  ])("is held against p50 and p90 of the business clock (%#)", (one, met, words) => {
    expect(targetInWords(one)).toEqual({ met, words });
  });

  it("says nothing where there is none, or nothing to hold against it", () => {
    expect(targetInWords({ ...metric(1, 1), targetSeconds: null })).toBeNull();
    expect(targetInWords({ ...metric(1, 1), count: 0 })).toBeNull();
  });
});

describe("CSV", () => {
  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1+1", "\r=1", "\n=1"])("does not let a spreadsheet run %j", (text) => {
    expect(toCsv(["a"], [[text]])).toContain(`"'${text}"`);
  });

  it("keeps quotes, commas, line breaks and letters of all languages", () => {
    expect(toCsv(["a"], [['Siobhán said "no",\nthen left']])).toBe('\uFEFF"a"\r\n"Siobhán said ""no"",\nthen left"\r\n');
  });

  it("leaves numbers numbers and nothing nothing", () => {
    expect(toCsv(["a", "b"], [[-1.5, null]])).toBe('\uFEFF"a","b"\r\n-1.5,\r\n');
  });

  it("of a report holds each metric and each bucket, and suppresses what the page suppresses", () => {
    const report = fakeResponseTimes(7);
    const lines = reportCsv(report, "wall").trim().split("\r\n");
    expect(lines).toHaveLength(1 + report.metrics.length * 8);
    const resolution = report.metrics.find((metric) => metric.metric === "resolution");
    expect(resolution?.count).toBeGreaterThan(0);
    expect(resolution?.count).toBeLessThan(5);
    const line = lines.find((one) => one.startsWith('"resolution","Resolution","wall",,'));
    expect(line?.split(",").slice(5)).toEqual([String(resolution?.wall.p50), "", "", "86400"]);
  });
});
