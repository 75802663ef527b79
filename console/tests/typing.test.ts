import { describe, expect, it } from "vitest";
import { addressTyped, isAddress, spaced } from "../src/parts/phoneNumbers";
import { nameProblem, urlProblem } from "../src/parts/validation";

describe("a webhook's URL", () => {
  it("may be any complete http(s) URL, or nothing", () => {
    for (const url of ["", "http://127.0.0.1:5000/sms", "https://example.com", "HTTP://host/?a=b"])
      expect(urlProblem(url)).toBeNull();
  });

  it("is refused with a sentence otherwise", () => {
    for (const url of [
      "example.com/sms",
      "ftp://host",
      "http://",
      "http://a b",
      "javascript:alert(1)",
      "http://[::1",
    ]) {
      expect(urlProblem(url)).toMatch(/\.$|\/\/$/);
    }
  });
});

describe("a name", () => {
  it("has at most 64 characters", () => {
    expect(nameProblem("n".repeat(64))).toBeNull();
    expect(nameProblem("n".repeat(65))).not.toBeNull();
  });
});

describe("an address", () => {
  it("is understood as people write it", () => {
    expect(addressTyped("(415) 555-0100")).toBe("+14155550100");
    expect(addressTyped("+44 20 7946 0018")).toBe("+442079460018");
    expect(addressTyped(" client:ada ")).toBe("client:ada");
    expect(isAddress(addressTyped("hello"))).toBe(false);
    expect(isAddress("client:ada")).toBe(true);
  });

  it("is shown in groups where that is known", () => {
    expect(spaced("+14155550100")).toBe("+1 415 555 0100");
    expect(spaced("<b>")).toBe("<b>");
  });
});
