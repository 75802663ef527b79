import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, messageOf, Unreachable } from "../src/api/errors";
import { encode, provideCsrf, request, urlOf } from "../src/api/request";

const PATH = "/2010-04-01/Accounts/AC1/Messages.json";
const asked = vi.fn<(url: string, options: RequestInit) => Promise<Response>>();

beforeEach(() => vi.stubGlobal("fetch", asked));
afterEach(() => {
  vi.unstubAllGlobals();
  asked.mockReset();
});

const headers = () => asked.mock.calls[0]?.[1].headers as Record<string, string>;

describe("a request", () => {
  it("carries the session's token whenever it changes something, and only then", async () => {
    provideCsrf("token");
    for (const method of ["POST", "DELETE", "GET"] as const) {
      asked.mockResolvedValueOnce(new Response("{}"));
      await request({ method, path: PATH });
      expect(headers()["X-Offhook-CSRF"]).toBe(method === "GET" ? undefined : "token");
      asked.mockReset();
    }
  });

  it("sends a form, or a query", async () => {
    asked.mockResolvedValueOnce(new Response("{}"));
    await request({
      method: "POST",
      path: PATH,
      params: { To: "+1", MediaUrl: ["a", "b"], From: undefined, Body: "" },
    });
    expect(asked.mock.calls[0]?.[0]).toBe(PATH);
    expect(String(asked.mock.calls[0]?.[1].body)).toBe("To=%2B1&MediaUrl=a&MediaUrl=b&Body=");
    expect(urlOf({ method: "GET", path: PATH, params: { "DateSent>": "2026-11-20" } })).toBe(
      `${PATH}?DateSent%3E=2026-11-20`,
    );
    expect(encode({ A: null }).toString()).toBe("");
  });

  it("has no answer to a deletion", async () => {
    asked.mockResolvedValueOnce(new Response(null, { status: 204 }));
    expect(await request({ method: "DELETE", path: PATH })).toBeUndefined();
  });
});

describe("a refusal", () => {
  it("has the API's number and sentence", async () => {
    asked.mockResolvedValueOnce(new Response('{"code":21211,"message":"Invalid","status":400}', { status: 400 }));
    await expect(request({ method: "POST", path: PATH })).rejects.toEqual(new ApiError(21211, "Invalid", 400));
  });

  it("is a sentence where it is no JSON", async () => {
    asked.mockResolvedValueOnce(new Response("<html>", { status: 502, statusText: "Bad Gateway" }));
    await expect(request({ method: "GET", path: PATH })).rejects.toThrow("Offhook answered 502 Bad Gateway");
  });

  it("is told from a network that fails, and from a mistake of ours", async () => {
    asked.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    await expect(request({ method: "GET", path: PATH })).rejects.toBeInstanceOf(Unreachable);
    expect(messageOf(new TypeError("x is not a function"))).toBe("x is not a function");
  });
});
