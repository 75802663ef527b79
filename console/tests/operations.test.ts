import { describe, expect, it } from "vitest";
import { filledPath, FORM, matching, missing, operationsOf, paramsOf } from "../src/reference/operations";

const API = {
  paths: {
    "/v1/Things/{sid}": {
      get: {
        summary: "Fetch a thing.",
        tags: ["offhook"],
        parameters: [{ name: "sid", in: "path", required: true, schema: { type: "string" } }],
      },
      post: {
        summary: "Change a thing.",
        description: "Change a thing.\n\nSlowly.",
        parameters: [{ name: "sid", in: "path", required: true, schema: { type: "string" } }],
        requestBody: {
          content: {
            [FORM]: {
              schema: {
                properties: { Name: { type: "string" }, Urls: { type: "array", items: { type: "string" } } },
                required: ["Name"],
              },
            },
          },
        },
      },
    },
  },
};
const [fetched, changed] = operationsOf(API);

describe("the API's operations", () => {
  it("are read off the description, with their parameters", () => {
    expect(fetched?.id).toBe("GET /v1/Things/{sid}");
    expect(changed?.description).toBe("Slowly.");
    expect(changed?.parameters.map(({ name, place }) => `${place} ${name}`)).toEqual([
      "path sid",
      "form Name",
      "form Urls",
    ]);
  });

  it("become a request of what was typed", () => {
    const values = { sid: "a/b", Name: "x", Urls: "http://a\nhttp://b\n" };
    expect(filledPath(changed!.path, values)).toBe("/v1/Things/a%2Fb");
    expect(paramsOf(changed!, values)).toEqual({ Name: "x", Urls: ["http://a", "http://b"] });
    expect(missing(changed!, { sid: "a" })).toEqual(["Name"]);
  });

  it("are found by any of their words", () => {
    expect(matching([fetched!, changed!], "change urls")).toEqual([changed]);
    expect(matching([fetched!, changed!], "nothing")).toEqual([]);
  });
});
