import { describe, expect, it } from "vitest";
import { intervals, total } from "../src/traffic/counting";

describe("traffic", () => {
  it("is counted by what became of the messages", () => {
    const counts = intervals({
      account_sid: null,
      interval: 60,
      counts: [
        { date_start: "2026-11-20T11:59:00Z", sent: 2, received: 1, failed: 0 },
        { date_start: "2026-11-20T12:00:00Z", sent: 3, received: 0, failed: 4 },
      ],
    });
    expect(counts.map(({ at }) => new Date(at).toISOString().slice(11, 16))).toEqual(["11:59", "12:00"]);
    expect([total(counts, "sent"), total(counts, "received"), total(counts, "failed")]).toEqual([5, 1, 4]);
  });

  it("is nothing before it is known", () => {
    expect(total(intervals(undefined), "sent")).toBe(0);
  });
});
