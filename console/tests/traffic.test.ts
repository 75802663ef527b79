import { describe, expect, it } from "vitest";
import { byMinute, MINUTES, total } from "../src/traffic/counting";

const NOW = Date.parse("2026-11-20T12:00:30Z");
const message = (date_created: string, direction = "outbound-api", status = "delivered" as const) => ({
  date_created,
  direction,
  status,
});

describe("messages by the minute", () => {
  it("are counted in the hour up to now, by what became of them", () => {
    const minutes = byMinute(
      [
        message("2026-11-20T12:00:10Z"),
        message("2026-11-20T11:01:00Z", "inbound"),
        message("2026-11-20T11:00:59Z"),
        { ...message("2026-11-20T11:59:59Z"), status: "undelivered" as const },
      ],
      NOW,
    );
    expect(minutes).toHaveLength(MINUTES);
    expect([total(minutes, "sent"), total(minutes, "received"), total(minutes, "failed")]).toEqual([1, 1, 1]);
    expect(minutes.at(-1)?.sent).toBe(1);
    expect(minutes[0]?.received).toBe(1);
    expect(minutes.at(-2)?.failed).toBe(1);
  });
});
