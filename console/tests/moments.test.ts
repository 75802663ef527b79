import { describe, expect, it } from "vitest";
import type { Exchange, Message } from "../src/api/resources";
import { moments } from "../src/timeline/moments";

const CREATED = "Fri, 20 Nov 2026 09:17:57 +0000";
const LATER = "Fri, 20 Nov 2026 09:18:02 +0000";
const ISO = "2026-11-20T09:17:57Z";

const MESSAGE: Message = {
  sid: "SM1",
  account_sid: "AC1",
  body: "Hello",
  direction: "outbound-api",
  from: "+1",
  to: "+2",
  status: "delivered",
  num_segments: "1",
  num_media: "0",
  error_code: null,
  error_message: null,
  date_created: CREATED,
  date_sent: CREATED,
  date_updated: LATER,
};

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
  date_created: ISO,
  duration: 1,
  resource_sid: "SM1",
  error_code: null,
  error: null,
  notes: [],
  resent_from: null,
  ...part,
});

const titles = (message: Message, exchanges: Exchange[]) => moments(message, exchanges).map(({ title }) => title);

describe("the timeline of a message", () => {
  it("goes from the request to the phone, in the order of what must have come first", () => {
    const newestFirst = [
      exchange({ sid: "EX3", request_body: "MessageStatus=delivered", date_created: "2026-11-20T09:18:02Z" }),
      exchange({ sid: "EX2", request_body: "MessageStatus=sent" }),
      exchange({
        direction: "in",
        kind: "api",
        url: "http://127.0.0.1/2010-04-01/Accounts/AC1/Messages.json",
        status: 201,
      }),
    ];
    expect(titles(MESSAGE, newestFirst)).toEqual([
      "API request: POST",
      "queued",
      "sent",
      "Status callback: sent",
      "delivered",
      "Status callback: delivered",
    ]);
  });

  it("of a text that came in shows what the app was asked", () => {
    const inbound = { ...MESSAGE, direction: "inbound", status: "received" as const };
    const asked = exchange({ kind: "document", status: 500 });
    expect(titles(inbound, [asked])).toEqual(["received", "The app was asked"]);
    expect(moments(inbound, [asked]).at(-1)?.tone).toBe("bad");
  });

  it("leaves out that somebody looked at it", () => {
    expect(titles(MESSAGE, [exchange({ kind: "api", method: "GET" })])).toEqual(["queued", "sent", "delivered"]);
  });

  it("of one that was not sent does not say that it was", () => {
    expect(titles({ ...MESSAGE, status: "failed" }, [])).toEqual(["queued", "failed"]);
  });
});
