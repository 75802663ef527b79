import { describe, expect, it } from "vitest";
import type { HandsetCall } from "../src/api/resources";
import { farSide, type Participant } from "../src/api/voice";
import { traits } from "../src/calls/Participants";
import { isKey } from "../src/handsets/Keypad";
import { changed } from "../src/handsets/useRinging";
import { pageOfSid } from "../src/parts/pages";
import { seconds } from "../src/parts/dates";

const call = (sid: string) => ({ sid }) as HandsetCall;

describe("calls", () => {
  it("are counted in hours, minutes and seconds", () => {
    expect([0, 7.9, 65, 3725].map(seconds)).toEqual(["0:00", "0:07", "1:05", "1:02:05"]);
  });

  it("have a far side, whoever called", () => {
    const sides = { from: "+1973", to: "+1415" };
    expect(farSide({ ...sides, direction: "inbound" } as never)).toBe("+1973");
    expect(farSide({ ...sides, direction: "outbound-dial" } as never)).toBe("+1415");
  });

  it("ring on a phone until it says otherwise", () => {
    const both = changed({}, [
      ["+1", call("HC1")],
      ["+2", call("HC2")],
    ]);
    expect(changed(both, [["+1", undefined]])).toEqual({ "+2": call("HC2") });
  });

  it("are led to by a SID that has a page, and only then", () => {
    expect(pageOfSid("CA1")).toBe("/calls/CA1");
    expect(pageOfSid("javascript:alert(1)")).toBeNull();
    expect(pageOfSid("constructor")).toBeNull();
  });

  it("take the keys that a phone has", () => {
    expect(["0", "*", "#", "a", "F1", ""].map(isKey)).toEqual([true, true, true, false, false, false]);
  });

  it("say how one takes part in a conference", () => {
    const one = { label: "Ann", muted: true, hold: false, coaching: false, start_conference_on_enter: true };
    expect(traits({ ...one, end_conference_on_exit: true } as Participant)).toEqual([
      "Ann",
      "muted",
      "ends it by leaving",
    ]);
  });
});
