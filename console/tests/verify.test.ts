import { describe, expect, it } from "vitest";
import type { Attempt } from "../src/api/verify";
import { factsOf } from "../src/lookup/packages";
import { countryName } from "../src/parts/countries";
import { byCountry, rate } from "../src/verify/conversion";
import { identityProblem, newIdentity, serviceNameProblem } from "../src/verify/names";

const attempt = (country: string | null, conversion_status: Attempt["conversion_status"]): Attempt => ({
  sid: "VL",
  verification_sid: "VE",
  channel: "sms",
  conversion_status,
  channel_data: { to: "+1", country, error_code: null },
  date_created: null,
});

describe("conversion", () => {
  it("is counted by country, with the most attempts first", () => {
    const counts = byCountry([
      attempt("FR", "converted"),
      attempt("US", "unconverted"),
      attempt("US", "converted"),
      attempt("US", "converted"),
      attempt(null, "unconverted"),
    ]);
    expect(counts).toEqual([
      { country: "US", converted: 2, unconverted: 1 },
      { country: "FR", converted: 1, unconverted: 0 },
      { country: "No country", converted: 0, unconverted: 1 },
    ]);
    expect(counts.map(rate)).toEqual(["67 %", "100 %", "0 %"]);
    expect(byCountry([])).toEqual([]);
  });

  it("names countries", () => {
    expect(countryName("US")).toBe("United States");
    expect(countryName("No country")).toBe("No country");
  });
});

describe("what the API would refuse", () => {
  it("is said before", () => {
    expect(serviceNameProblem("Owl Bank 2026")).toBeNull();
    expect(serviceNameProblem("Owl Bank 20261")).toContain("digits");
    expect(serviceNameProblem("x".repeat(33))).toContain("32");
    expect(identityProblem("owl@example.com")).not.toBeNull();
    expect(identityProblem(newIdentity())).toBeNull();
    expect(newIdentity()).not.toBe(newIdentity());
  });
});

describe("an answer of Lookup", () => {
  it("is told in words, what is inside laid flat and what is unknown left out", () => {
    const last_sim_swap = { last_sim_swap_date: null, swapped_period: "PT72H0M0S", swapped_in_period: false };
    expect(factsOf({ last_sim_swap, carrier_name: "Hooli", mobile_country_code: null, error_code: null })).toEqual([
      ["Looked at", "the last 3 days"],
      ["Swapped in this time", "no"],
      ["Carrier name", "Hooli"],
    ]);
    expect(factsOf({ first_name_match: "exact_match", error_code: null, error_message: null })).toEqual([
      ["First name match", "exact match"],
    ]);
    expect(factsOf({ caller_name: "__O_Brien__", error_code: null })).toEqual([["Caller name", "__O_Brien__"]]);
    expect(factsOf({ summary_score: null, error_code: 60600 })).toEqual([]);
  });
});
