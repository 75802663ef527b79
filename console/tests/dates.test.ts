import { describe, expect, it } from "vitest";
import { duration, local, microseconds, parseDate, utc } from "../src/parts/dates";

const NOW = new Date("2026-11-20T12:00:00Z");

describe("dates", () => {
  it("understands both dialects", () => {
    const iso = parseDate("2026-11-20T09:05:35Z");
    expect(parseDate("Fri, 20 Nov 2026 09:05:35 +0000")).toEqual(iso);
    expect(utc(iso!)).toBe("2026-11-20 09:05:35 UTC");
  });

  it("has none where there is none", () => {
    expect(parseDate(null)).toBeNull();
    expect(parseDate("soon")).toBeNull();
  });

  it("says as much as is needed, in the viewer's zone", () => {
    expect(local(new Date("2026-11-20T09:05:35Z"), NOW, "Europe/Berlin")).toBe("10:05:35");
    expect(local(new Date("2026-11-19T23:30:00Z"), NOW, "Europe/Berlin")).toBe("00:30:00");
    expect(local(new Date("2026-11-19T23:30:00Z"), NOW, "UTC")).toBe("Nov 19, 23:30:00");
    expect(local(new Date("2025-11-19T23:30:00Z"), NOW, "UTC")).toBe("Nov 19, 2025, 23:30:00");
  });

  it("says milliseconds where they count", () => {
    const date = new Date("2026-11-20T09:05:35.042Z");
    expect(local(date, NOW, "Europe/Berlin", true)).toBe("10:05:35.042");
    expect(utc(date, true)).toBe("2026-11-20 09:05:35.042 UTC");
  });

  it("tells microseconds apart", () => {
    const one = microseconds("2026-11-20T09:05:35.042123Z");
    expect(microseconds("2026-11-20T09:05:35.042124Z")! - one!).toBe(1);
    expect(microseconds("2026-11-20T09:05:35Z")! % 1_000_000).toBe(0);
    expect(microseconds(null)).toBeNull();
  });

  it("rounds durations as a person would", () => {
    expect([0.94, 9.96, 25.2, 1250].map(duration)).toEqual(["0.9 ms", "10.0 ms", "25 ms", "1.25 s"]);
  });
});
