import { describe, expect, it } from "vitest";
import { type Page, type Spot } from "../src/api/pages";
import type { HandsetText } from "../src/api/resources";
import { allOf, continued } from "../src/api/thread";
import { conversation, partners } from "../src/handsets/conversations";

const text = (body: string, other = "+1", direction: HandsetText["direction"] = "inbound"): HandsetText => ({
  direction,
  from: direction === "inbound" ? other : "+9",
  to: direction === "inbound" ? "+9" : other,
  body,
  media: [],
  message_sid: null,
  date_created: null,
});

/** A phone's texts in pages of two, as the API gives them. */
function phone(texts: HandsetText[]) {
  const asked: (string | null)[] = [];
  const read = async (spot: Spot | null): Promise<Page<HandsetText>> => {
    asked.push(spot?.PageToken ?? null);
    const start = Number(spot?.PageToken ?? 0);
    const hasMore = texts.length > start + 2;
    return {
      items: texts.slice(start, start + 2),
      next: hasMore ? { Page: "", PageToken: String(start + 2) } : null,
      previous: null,
    };
  };
  return { read, asked };
}

describe("what a phone shows", () => {
  it("is read to its end, and then only from the last page on", async () => {
    const texts = ["a", "b", "c"].map((body) => text(body));
    const { read, asked } = phone(texts);
    const first = await continued({ before: [], last: [], spot: null }, read);
    expect(allOf(first).map(({ body }) => body)).toEqual(["a", "b", "c"]);
    texts.push(text("d"), text("e"));
    asked.length = 0;
    const second = await continued(first, read);
    expect(allOf(second).map(({ body }) => body)).toEqual(["a", "b", "c", "d", "e"]);
    expect(asked).toEqual(["2", "4"]);
  });

  it("is in conversations, the latest first", () => {
    const texts = [text("a", "+1"), text("b", "+2"), text("c", "+1", "outbound")];
    expect(partners(texts)).toEqual(["+1", "+2"]);
    expect(conversation(texts, "+1").map(({ body }) => body)).toEqual(["a", "c"]);
  });
});
