import { describe, expect, it } from "vitest";
import type { Exchange, History, MessageStatus } from "../src/api/resources";
import { moments } from "../src/timeline/moments";

const at = (seconds: string) => `2026-11-20T09:17:${seconds}Z`;

const history = (statuses: [MessageStatus, string | null, number?][]): History => ({
  message_sid: "SM1",
  statuses: statuses.map(([status, date_created, code]) => ({ status, date_created, error_code: code ?? null })),
  complete: true,
  in_reply_to: null,
  replies: [],
});

const exchange = (part: Partial<Exchange>): Exchange => ({
  sid: "EX1",
  account_sid: "AC1",
  direction: "out",
  kind: "callback",
  method: "POST",
  url: "http://app/status",
  request_headers: [],
  request_body: "",
  status: 204,
  response_headers: [],
  response_body: "",
  date_created: at("57.000000"),
  duration: 1,
  resource_sid: "SM1",
  error_code: null,
  error: null,
  notes: [],
  resent_from: null,
  ...part,
});

const titles = (story: History, exchanges: Exchange[]) => moments(exchanges, story).map(({ title }) => title);
const SENT = history([
  ["queued", at("57.100100")],
  ["sending", at("57.100200")],
  ["sent", at("57.100300")],
  ["delivered", at("57.100900")],
]);

describe("the timeline of a message", () => {
  it("goes from the request to the phone, in the order of exact moments", () => {
    const newestFirst = [
      exchange({ sid: "EX3", request_body: "MessageStatus=delivered", date_created: at("57.100901") }),
      exchange({ sid: "EX2", request_body: "MessageStatus=sent", date_created: at("57.100301") }),
      exchange({
        direction: "in",
        kind: "api",
        url: "http://127.0.0.1/2010-04-01/Accounts/AC1/Messages.json",
        status: 201,
      }),
    ];
    expect(titles(SENT, newestFirst)).toEqual([
      "API request: POST",
      "queued",
      "sending",
      "sent",
      "Status callback: sent",
      "delivered",
      "Status callback: delivered",
    ]);
  });

  it("is in the order of what must have come first where the clock stands still", () => {
    const still = history((["queued", "sending", "sent", "delivered"] as const).map((status) => [status, at("57.000000")]));
    const told = [exchange({ sid: "EX2", request_body: "MessageStatus=sent" })];
    expect(titles(still, told)).toEqual(["queued", "sending", "sent", "Status callback: sent", "delivered"]);
  });

  it("of a text that came in shows what the app was asked", () => {
    const came = history([["received", at("57.000000")]]);
    const asked = exchange({ kind: "document", status: 500, date_created: at("57.000001") });
    expect(titles(came, [asked])).toEqual(["received", "The app was asked"]);
    expect(moments([asked], came).at(-1)?.tone).toBe("bad");
  });

  it("leaves out that somebody looked at it", () => {
    expect(titles(SENT, [exchange({ kind: "api", method: "GET" })])).toHaveLength(4);
  });

  it("says with which error it ended, and puts last what nobody knows the moment of", () => {
    const ended = history([
      ["queued", at("57.000000")],
      ["undelivered", null, 30003],
    ]);
    expect(titles(ended, [exchange({ date_created: at("58.000000") })])).toEqual([
      "queued",
      "Status callback: told",
      "undelivered",
    ]);
    expect(moments([], ended).at(-1)?.about).toContain("30003");
  });
});
