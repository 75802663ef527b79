// The packages of Lookup, and their answers as a person reads them.

import type { Found, Value } from "../api/lookup";

export const PACKAGES = {
  line_type_intelligence: "Kind of line, and carrier",
  caller_name: "Caller name",
  sim_swap: "SIM swap",
  call_forwarding: "Call forwarding",
  line_status: "Whether it can be reached",
  identity_match: "Identity match",
  reassigned_number: "Reassigned number",
  sms_pumping_risk: "Risk of SMS pumping",
  phone_number_quality_score: "Quality of the number",
  pre_fill: "Its holder",
} as const;
export type Package = keyof typeof PACKAGES;
export const NAMES = Object.keys(PACKAGES) as Package[];

/** What is to be given for a package: a parameter and what it is called. */
export const GIVEN: Partial<Record<Package, [string, string][]>> = {
  identity_match: [
    ["FirstName", "First name"],
    ["LastName", "Last name"],
    ["AddressLine1", "Address"],
    ["City", "City"],
    ["PostalCode", "Postal code"],
    ["DateOfBirth", "Date of birth (YYYYMMDD)"],
  ],
  reassigned_number: [["LastVerifiedDate", "Known to be theirs on (YYYYMMDD)"]],
};

const WORDS: Record<string, string> = {
  type: "Kind of line",
  call_forwarding_enabled: "Calls are forwarded",
  swapped_in_period: "Swapped in this time",
  swapped_period: "Looked at",
  last_sim_swap_date: "Last swapped",
  is_number_reassigned: "Somebody else has it now",
  last_verified_date: "Since",
  summary_score: "Agrees, of 100",
  number_blocked: "Blocked",
  number_blocked_last_3_months: "Blocked in the last 3 months",
  sms_pumping_risk_score: "Risk, of 100",
  quality_score: "Quality",
};
const ONE_OF_FEW = /^[a-z]+(_[a-z]+)+$/; // `exact_match`, and no name that somebody has
const NOT_FACTS = new Set(["error_code", "error_message"]);

/** Names and words, of what is known; what a package has inside is laid flat. */
export function factsOf(found: Found): [string, string][] {
  return flat(found).flatMap(([name, value]) => (value === null ? [] : [[spelled(name), said(value)]]));
}

function flat(found: Record<string, Value>): [string, string | number | boolean | null][] {
  return Object.entries(found).flatMap(([name, value]) => {
    if (NOT_FACTS.has(name)) return [];
    return value !== null && typeof value === "object" ? flat(value) : [[name, value]];
  });
}

/** `Mobile country code` for `mobile_country_code`. */
function spelled(name: string): string {
  const words = name.replaceAll("_", " ");
  return WORDS[name] ?? words.charAt(0).toUpperCase() + words.slice(1).replace("sim ", "SIM ").replace("sms ", "SMS ");
}

function said(value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  const length = typeof value === "string" ? /^PT(\d+)H(\d+)M\d+S$/.exec(value) : null;
  if (length) return ago(Number(length[1]));
  return ONE_OF_FEW.test(String(value)) ? String(value).replaceAll("_", " ") : String(value);
}

function ago(hours: number): string {
  return hours >= 48 ? `the last ${Math.floor(hours / 24)} days` : `the last ${hours} hours`;
}
