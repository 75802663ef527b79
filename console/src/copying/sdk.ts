// From a path of the API to the call of Twilio's libraries that makes it. `null` where they have none: then a plain
// HTTP request is shown. Names are in the wire's spelling here; python.ts and node.ts spell them as their language does.

import type { Method } from "../api/request";

export interface Step {
  name: string;
  sid?: string;
}

export interface SdkCall {
  steps: Step[];
  verb: "create" | "list" | "fetch" | "update" | "delete";
}

const ACCOUNT = /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})(?:\/(.*))?\.json$/;
const ACCOUNTS = "/2010-04-01/Accounts.json";
const MONITOR = /^\/monitor\/v1\/(Alerts|Events)(?:\/([^/]+))?$/;
const VERIFY = /^\/verify\/v2\/(Services|Attempts|Templates)(\/.*)?$/;
const LOOKUPS = /^\/lookups\/v2\/(PhoneNumbers\/[^/]+)$/;
const INSTANCE = /^[A-Z]{2}[0-9a-f]{32}$/;
const NOT_RENAMED: Record<string, string> = { "SMS/ShortCodes": "ShortCodes" };
/** The libraries make these with a class of its own, since the answer has a secret. */
const MADE_AS: Record<string, string> = { Keys: "NewKeys", SigningKeys: "NewSigningKeys", Factors: "NewFactors" };
/** Of these one thing is named by what is no SID: a country, `Front`, a user, a number. */
const BY_NAME = new Set(["AvailablePhoneNumbers", "Members", "Entities", "PhoneNumbers"]);
/** What Verify's paths and the libraries call differently. */
const VERIFY_NAMES: Record<string, string> = {
  Attempts: "VerificationAttempts",
  VerificationCheck: "VerificationChecks",
};
const ALONE = new Set(["Balance", "Feedback"]);

export function sdkCall(method: Method, path: string, own: string): SdkCall | null {
  const monitor = MONITOR.exec(path);
  if (monitor) {
    const last: Step = { name: monitor[1]!, ...(monitor[2] ? { sid: monitor[2] } : {}) };
    return { steps: [{ name: "Monitor" }, { name: "V1" }, last], verb: verbOf(method, last) };
  }
  const productCall = ofVerify(method, path) ?? ofLookup(method, path);
  if (productCall) return productCall;
  if (path === ACCOUNTS) return { steps: inApi({ name: "Accounts" }), verb: verbOf(method, { name: "Accounts" }) };
  const account = ACCOUNT.exec(path);
  if (!account) return null;
  const [, sid = "", rest = ""] = account;
  const whose: Step = { name: "Accounts", sid };
  if (!rest) return { steps: inApi(whose), verb: verbOf(method, whose) };
  const { steps, verb } = withMade(stepsOf(rest), method);
  return { steps: sid === own ? steps : [...inApi(whose), ...steps], verb };
}

function ofVerify(method: Method, path: string): SdkCall | null {
  const [, list, rest = ""] = VERIFY.exec(path) ?? [];
  if (!list || rest === "/Summary") return null;
  const steps = stepsOf(list + rest).map((step) => ({ ...step, name: VERIFY_NAMES[step.name] ?? step.name }));
  return inProduct("Verify", method, steps);
}

function ofLookup(method: Method, path: string): SdkCall | null {
  const found = LOOKUPS.exec(path);
  return found && inProduct("Lookups", method, stepsOf(found[1]!));
}

function inProduct(name: string, method: Method, steps: Step[]): SdkCall {
  return withMade([{ name }, { name: "V2" }, ...steps], method);
}

/** The verb that fits, and the class that makes what is made. */
function withMade(steps: Step[], method: Method): SdkCall {
  const last = steps.at(-1)!;
  const verb = verbOf(method, last);
  if (verb === "create") last.name = MADE_AS[last.name] ?? last.name;
  return { steps, verb };
}

const inApi = (step: Step): Step[] => [{ name: "Api" }, { name: "V2010" }, step];

function stepsOf(rest: string): Step[] {
  const [first, ...others] = Object.entries(NOT_RENAMED)
    .reduce((path, [from, to]) => path.replace(from, to), rest)
    .split("/")
    .map(decodeURIComponent);
  const steps: Step[] = [{ name: first! }];
  for (const part of others) {
    const last = steps.at(-1)!;
    const isSid = INSTANCE.test(part) || (BY_NAME.has(last.name) && last.sid === undefined);
    if (isSid) last.sid = part;
    else steps.push({ name: part });
  }
  return steps;
}

function verbOf(method: Method, last: Step): SdkCall["verb"] {
  const isOne = last.sid !== undefined || (ALONE.has(last.name) && method === "GET");
  if (method === "DELETE") return "delete";
  if (method === "POST") return isOne ? "update" : "create";
  return isOne ? "fetch" : "list";
}
