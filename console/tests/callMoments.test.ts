import { describe, expect, it } from "vitest";
import type { Exchange } from "../src/api/resources";
import type { CallHistory } from "../src/api/voice";
import { callMoments } from "../src/timeline/callMoments";

const at = (seconds: string) => `2026-11-20T09:17:${seconds}Z`;
const CHILD = "CA00000000000000000000000000000002";

const history = (moments: [string, string, string][]): CallHistory => ({
  call_sid: "CA1",
  moments: moments.map(([kind, text, date_created]) => ({ kind, text, date_created })),
  complete: true,
  parent_call_sid: null,
  children: [],
  recordings: [],
});

const exchange = (part: Partial<Exchange>): Exchange => ({
  sid: "EX1",
  account_sid: "AC1",
  direction: "out",
  kind: "document",
  method: "POST",
  url: "http://app/menu",
  request_headers: [],
  request_body: "",
  status: 200,
  response_headers: [],
  response_body: "<Response/>",
  date_created: at("57.000000"),
  duration: 16,
  resource_sid: "CA1",
  error_code: null,
  error: null,
  notes: [],
  resent_from: null,
  ...part,
});

const titles = (story: CallHistory, exchanges: Exchange[]) => callMoments(exchanges, story).map(({ title }) => title);

describe("the timeline of a call", () => {
  it("has statuses, documents, verbs and keys in the order of exact moments", () => {
    const story = history([
      ["status", "ringing", at("57.000000")],
      ["status", "in-progress", at("57.000300")],
      ["Gather", "dtmf", at("57.000400")],
      ["Say", "Press 1", at("57.000500")],
      ["Gathered", "1", at("59.000000")],
      ["status", "completed", at("59.900000")],
    ]);
    const newestFirst = [
      exchange({ sid: "EX2", url: "http://app/pressed", date_created: at("59.000100") }),
      exchange({ date_created: at("57.000100") }),
    ];
    expect(titles(story, newestFirst)).toEqual([
      "ringing",
      "The app was asked",
      "in-progress",
      "<Gather>",
      "<Say>",
      "Was given",
      "The app was asked",
      "completed",
    ]);
  });

  it("puts a document before what it led to, where the clock stands still", () => {
    const story = history([
      ["status", "ringing", at("57.000000")],
      ["status", "in-progress", at("57.000000")],
      ["Say", "Hello", at("57.000000")],
      ["Hangup", "", at("57.000000")],
      ["status", "completed", at("57.000000")],
    ]);
    const told = exchange({ sid: "EX2", kind: "callback", request_body: "CallStatus=completed" });
    expect(titles(story, [told, exchange({})])).toEqual([
      "ringing",
      "The app was asked",
      "in-progress",
      "<Say>",
      "<Hangup>",
      "completed",
      "Status callback: completed",
    ]);
  });

  it("says how long a document took, and what became of each", () => {
    const [asked] = callMoments([exchange({ status: 500 })], undefined);
    expect(asked).toMatchObject({ about: "http://app/menu · 16 ms", tone: "bad" });
  });

  it("leads to the call that this one was connected with", () => {
    const [connected] = callMoments([], history([["Connected", CHILD, at("57.000000")]]));
    expect(connected).toMatchObject({ title: "Connected with", about: CHILD, to: `/calls/${CHILD}` });
  });

  it("leads nowhere by what only looks so", () => {
    const [said] = callMoments([], history([["Say", CHILD, at("57.000000")]]));
    expect(said).not.toHaveProperty("to");
  });

  it("tells what was amiss", () => {
    const [alert, warning] = callMoments(
      [],
      history([
        ["Alert", "11200 No answer", at("57.000000")],
        ["Warning", "13511 No such voice", at("58.000000")],
      ]),
    );
    expect(alert).toMatchObject({ title: "Alert", about: "11200 No answer", tone: "bad" });
    expect(warning).toMatchObject({ title: "Warning", about: "13511 No such voice", tone: "calm" });
  });

  it("names keys that did not come", () => {
    expect(callMoments([], history([["Gathered", "", at("57.000000")]]))[0]).toMatchObject({ about: "nothing" });
  });

  it("tells what the person with the phone did", () => {
    const url = "http://127.0.0.1:4665/offhook/v1/Handsets/%2B19732644152/Calls/HC1";
    const did = (request_body: string) =>
      callMoments([exchange({ kind: "api", direction: "in", url, request_body })], undefined)[0];
    expect(did("Digits=1%23")).toMatchObject({ title: "+19732644152", about: "presses 1#" });
    expect(did("Action=answer&Speech=Hi+there")).toMatchObject({ about: "answers, says “Hi there”" });
    expect(did("Action=hangup")).toMatchObject({ about: "hangs up" });
  });

  it("leaves out who only looked", () => {
    expect(callMoments([exchange({ kind: "api", method: "GET" })], undefined)).toEqual([]);
  });
});
