// A call that is copied does what the form would have done, whatever was typed into it.

import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { curl, given, quoted } from "../src/copying/curl";
import { node } from "../src/copying/node";
import { argument, literal, python } from "../src/copying/python";
import { sdkCall } from "../src/copying/sdk";
import { camel, snake } from "../src/copying/spelling";

const OWN = "AC00000000000000000000000000000001";
const OTHER = "AC00000000000000000000000000000002";
const SID = "SM00000000000000000000000000000003";
const ORIGIN = "http://127.0.0.1:4665";
const MESSAGES = `/2010-04-01/Accounts/${OWN}/Messages.json`;
const SEND = {
  method: "POST" as const,
  path: MESSAGES,
  params: { To: "+14155550100", From: "+14155550101", Body: "Hello" },
};
const NASTY = `it's "quoted" $HOME \`id\` \\ !! %s\nsecond line é 👋`;

/** What a shell makes of a command line: its arguments, apart from curl itself. */
function argumentsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }; TWILIO_ACCOUNT_SID=AC1 TWILIO_AUTH_TOKEN=token\n${command}`;
  return execFileSync("sh", ["-c", script]).toString().split("\0").slice(0, -1);
}

describe("curl", () => {
  it("is read by a shell as it was meant", () => {
    const call = { ...SEND, params: { To: "+1", Body: NASTY } };
    expect(argumentsOf(curl(call, ORIGIN))).toEqual([
      "-X",
      "POST",
      "-u",
      "AC1:token",
      ORIGIN + MESSAGES,
      "--data-urlencode",
      "To=+1",
      "--data-urlencode",
      `Body=${NASTY}`,
    ]);
  });

  it("puts the parameters of a GET into the URL, encoded", () => {
    const call = { method: "GET" as const, path: MESSAGES, params: { To: "+1415", "DateSent>": "2026-11-20" } };
    expect(argumentsOf(curl(call, ORIGIN)).at(-1)).toBe(`${ORIGIN}${MESSAGES}?To=%2B1415&DateSent%3E=2026-11-20`);
  });

  it("repeats what is a list, and leaves out what is empty", () => {
    const line = curl({ ...SEND, params: { Body: "", MediaUrl: ["http://a/1", "http://a/2"] } }, ORIGIN);
    expect(line.match(/MediaUrl/g)).toHaveLength(2);
    expect(line).not.toContain("Body");
  });

  it("quotes an apostrophe", () => {
    expect(quoted("it's")).toBe(`'it'\\''s'`);
  });

  it("keeps false and zero, which are given", () => {
    expect(given({ A: false, B: 0, C: "", D: undefined, E: [] })).toEqual({ A: false, B: 0 });
  });
});

describe("Python", () => {
  it("is the library's call where there is one", () => {
    expect(python(SEND, ORIGIN, OWN)).toContain(
      'answer = client.messages.create(to="+14155550100", from_="+14155550101", body="Hello")',
    );
  });

  it("goes by the account where it is not one's own", () => {
    const path = MESSAGES.replace(OWN, OTHER);
    expect(python({ ...SEND, path }, ORIGIN, OWN)).toContain(`client.api.v2010.accounts("${OTHER}").messages.create(`);
  });

  it("lists, fetches, changes and deletes", () => {
    const one = MESSAGES.replace("Messages", `Messages/${SID}`);
    expect(python({ method: "GET", path: MESSAGES }, ORIGIN, OWN)).toContain(
      "for one in client.messages.list(limit=20):",
    );
    expect(python({ method: "GET", path: one }, ORIGIN, OWN)).toContain(`client.messages("${SID}").fetch()`);
    expect(python({ method: "DELETE", path: one }, ORIGIN, OWN)).toContain(`client.messages("${SID}").delete()`);
    expect(python({ method: "POST", path: one, params: { Status: "canceled" } }, ORIGIN, OWN)).toContain(
      `client.messages("${SID}").update(status="canceled")`,
    );
  });

  it("is compiled by Python, whatever the texts are", () => {
    for (const path of [MESSAGES, "/offhook/v1/Handsets/%2B19732644152/Messages"]) {
      const text = python(
        { method: "POST", path, params: { To: "+1", Body: NASTY, MediaUrl: ["http://a"] } },
        ORIGIN,
        OWN,
      );
      const check =
        "import ast, json, sys; json.dump([n.value for n in ast.walk(ast.parse(sys.stdin.read())) if isinstance(n, ast.Constant)], sys.stdout)";
      const constants = JSON.parse(execFileSync("python3", ["-c", check], { input: text }).toString()) as unknown[];
      expect(constants).toContain(NASTY);
    }
  });

  it("is the library's call for Lookup and for what stands in groups", () => {
    const path = "/lookups/v2/PhoneNumbers/%2B14155550100";
    expect(python({ method: "GET", path, params: { Fields: "sim_swap" } }, ORIGIN, OWN)).toContain(
      'client.lookups.v2.phone_numbers("+14155550100").fetch(fields="sim_swap")',
    );
    const params = { "Totp.Issuer": "Owl Bank" };
    expect(python({ method: "POST", path: "/verify/v2/Services", params }, ORIGIN, OWN)).toContain(
      'client.verify.v2.services.create(totp_issuer="Owl Bank")',
    );
    const call = { method: "POST" as const, path: "/verify/v2/Services", params };
    expect(node(call, ORIGIN, OWN)).toContain('client.verify.v2.services.create({ "totp.issuer": "Owl Bank" })');
  });

  it("names what Python cannot name otherwise", () => {
    expect(argument("From")).toBe("from_");
    expect(argument("DateSent>")).toBe("date_sent_after");
    expect(literal(true)).toBe("True");
  });
});

describe("Node", () => {
  it("is the library's call where there is one", () => {
    expect(node(SEND, ORIGIN, OWN)).toContain(
      'await client.messages.create({ to: "+14155550100", from: "+14155550101", body: "Hello" })',
    );
    expect(
      node({ method: "DELETE", path: `/2010-04-01/Accounts/${OWN}/Keys/SK${"0".repeat(32)}.json` }, ORIGIN, OWN),
    ).toContain(`client.keys("SK${"0".repeat(32)}").remove();`);
  });

  it("is read by Node, whatever the texts are", () => {
    for (const path of [MESSAGES, "/offhook/v1/Handsets/%2B19732644152/Messages"]) {
      const text = node({ method: "POST", path, params: { To: "+1", Body: NASTY } }, ORIGIN, OWN);
      execFileSync("node", ["--input-type=module", "--check"], { input: text });
    }
  });
});

describe("the library's call", () => {
  const call = (path: string) =>
    sdkCall("GET", path, OWN)
      ?.steps.map(({ name, sid }) => (sid ? `${name}(${sid})` : name))
      .join(".");

  it("is found for lists in lists", () => {
    expect(call(`/2010-04-01/Accounts/${OWN}/AvailablePhoneNumbers/US/TollFree.json`)).toBe(
      "AvailablePhoneNumbers(US).TollFree",
    );
    expect(call(`/2010-04-01/Accounts/${OWN}/Messages/${SID}/Media.json`)).toBe(`Messages(${SID}).Media`);
    expect(call(`/2010-04-01/Accounts/${OWN}/SMS/ShortCodes.json`)).toBe("ShortCodes");
    expect(call("/2010-04-01/Accounts.json")).toBe("Api.V2010.Accounts");
    expect(call("/monitor/v1/Alerts")).toBe("Monitor.V1.Alerts");
  });

  it("is found for Verify and Lookup", () => {
    const service = `/verify/v2/Services/VA${"0".repeat(32)}`;
    const VA = `Verify.V2.Services(VA${"0".repeat(32)})`;
    expect(call("/verify/v2/Services")).toBe("Verify.V2.Services");
    expect(call(`${service}/Verifications`)).toBe(`${VA}.Verifications`);
    expect(call(`${service}/VerificationCheck`)).toBe(`${VA}.VerificationChecks`);
    expect(call(`${service}/Entities/user-0001/Factors`)).toBe(`${VA}.Entities(user-0001).Factors`);
    expect(sdkCall("POST", `${service}/Entities/user-0001/Factors`, OWN)?.steps.at(-1)).toEqual({ name: "NewFactors" });
    expect(call("/verify/v2/Attempts")).toBe("Verify.V2.VerificationAttempts");
    expect(call("/verify/v2/Attempts/Summary")).toBeUndefined();
    expect(call("/lookups/v2/PhoneNumbers/%2B14155550100")).toBe("Lookups.V2.PhoneNumbers(+14155550100)");
  });

  it("is another one for making a key", () => {
    expect(sdkCall("POST", `/2010-04-01/Accounts/${OWN}/Keys.json`, OWN)?.steps).toEqual([{ name: "NewKeys" }]);
    expect(call(`/2010-04-01/Accounts/${OWN}/Keys.json`)).toBe("Keys");
  });

  it("is not invented for what is Offhook's own", () => {
    expect(call("/offhook/v1/Exchanges")).toBeUndefined();
  });
});

describe("spelling", () => {
  it("knows where a word ends", () => {
    expect(snake("IncomingPhoneNumbers")).toBe("incoming_phone_numbers");
    expect(snake("V2010")).toBe("v2010");
    expect(snake("MediaUrl")).toBe("media_url");
    expect(camel("SmsFallbackUrl")).toBe("smsFallbackUrl");
    expect(camel("InLata")).toBe("inLata");
  });
});
