import { describe, expect, it } from "vitest";
import { spotOf } from "../src/api/pages";
import { asked, readFilters, readSpot, withFilters, withSpot } from "../src/filters/filters";

describe("filters in the URL", () => {
  it("come back as they went in", () => {
    const query = withFilters(new URLSearchParams(), { From: "+14155550100", "DateSent>": "2026-11-20" });
    const read = readFilters(new URLSearchParams(query.toString()), ["From", "DateSent>", "To"]);
    expect(read).toEqual({ From: "+14155550100", "DateSent>": "2026-11-20", To: "" });
  });

  it("are not asked for while they are empty", () => {
    expect(asked({ From: "", To: "+1" })).toEqual({ From: undefined, To: "+1" });
  });

  it("leave the URL when they are emptied, and others stay", () => {
    expect(withFilters(new URLSearchParams("From=a&phone=b"), { From: "" }).toString()).toBe("phone=b");
  });

  it("begin at the first page when they change", () => {
    const query = withSpot(new URLSearchParams("From=a"), { Page: "3", PageToken: "PA9" });
    expect(readSpot(query)).toEqual({ Page: "3", PageToken: "PA9" });
    expect(readSpot(withFilters(query, { From: "b" }))).toBeNull();
    expect(readSpot(withSpot(query, null))).toBeNull();
  });
});

describe("the links of a page", () => {
  it("are read in both dialects", () => {
    const spot = { Page: "1", PageToken: "PA2" };
    expect(spotOf("/2010-04-01/Accounts/AC1/Messages.json?PageSize=1&Page=1&PageToken=PA2")).toEqual(spot);
    expect(spotOf("http://127.0.0.1:4665/offhook/v1/Exchanges?Page=1&PageToken=PA2")).toEqual(spot);
    expect(spotOf(null)).toBeNull();
  });
});
