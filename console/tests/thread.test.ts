import { describe, expect, it } from "vitest";
import { type Page, type Spot } from "../src/api/pages";
import type { HandsetText } from "../src/api/resources";
import { joined, newsOf, type Thread, withOlder } from "../src/api/thread";
import { conversation, partners } from "../src/handsets/conversations";

const text = (body: string, other = "+1", direction: HandsetText["direction"] = "inbound"): HandsetText => ({
  sid: `HM${body}`,
  direction,
  from: direction === "inbound" ? other : "+9",
  to: direction === "inbound" ? "+9" : other,
  body,
  media: [],
  message_sid: null,
  date_created: null,
});
const NOTHING: Thread = { texts: [], older: null };
const bodies = ({ texts }: Thread) => texts.map(({ body }) => body).join("");

/** A phone's texts, newest first in pages of two, as the API gives them: a page begins behind a text. */
function phone(texts: HandsetText[]) {
  let asked = 0;
  const read = async (spot: Spot | null): Promise<Page<HandsetText>> => {
    asked += 1;
    const newest = texts.toReversed();
    const start = spot ? newest.findIndex(({ sid }) => sid === spot.PageToken) + 1 : 0;
    const items = newest.slice(start, start + 2);
    const next = newest.length > start + 2 ? { Page: "", PageToken: items[1]!.sid } : null;
    return { items, next, previous: null };
  };
  return { read, asked: () => asked };
}

describe("what a phone shows", () => {
  it("is the newest page at first, and the one before when it is wanted", async () => {
    const { read } = phone([..."abcde"].map((body) => text(body)));
    const first = joined(NOTHING, await newsOf(NOTHING, read));
    expect(bodies(first)).toBe("de");
    const second = withOlder(first, first.older, await read(first.older));
    expect(bodies(second)).toBe("bcde");
    const third = withOlder(second, second.older, await read(second.older));
    expect(bodies(third)).toBe("abcde");
    expect(third.older).toBeNull();
  });

  it("goes on with what has come since, however many pages that are", async () => {
    const texts = [..."ab"].map((body) => text(body));
    const { read, asked } = phone(texts);
    const first = joined(NOTHING, await newsOf(NOTHING, read));
    texts.push(...[..."cdefg"].map((body) => text(body)));
    const second = joined(first, await newsOf(first, read));
    expect(bodies(second)).toBe("abcdefg");
    expect(asked()).toBe(1 + 3);
    expect(joined(second, await newsOf(second, read))).toBe(second);
  });

  it("loses nothing when older texts are read at the same time", async () => {
    const texts = [..."abcd"].map((body) => text(body));
    const { read } = phone(texts);
    const first = joined(NOTHING, await newsOf(NOTHING, read));
    texts.push(text("e"));
    const news = await newsOf(first, read);
    const more = withOlder(first, first.older, await read(first.older));
    expect(bodies(joined(more, news))).toBe("abcde");
    expect(bodies(joined(joined(more, news), news))).toBe("abcde");
    expect(withOlder(more, first.older, await read(first.older))).toBe(more);
  });

  it("begins anew when what was known is gone", async () => {
    const known = joined(NOTHING, await newsOf(NOTHING, phone([text("x")]).read));
    const { read } = phone([..."abc"].map((body) => text(body)));
    expect(bodies(joined(known, await newsOf(known, read)))).toBe("abc");
  });

  it("is in conversations, the latest first", () => {
    const texts = [text("a", "+1"), text("b", "+2"), text("c", "+1", "outbound")];
    expect(partners(texts)).toEqual(["+1", "+2"]);
    expect(conversation(texts, "+1").map(({ body }) => body)).toEqual(["a", "c"]);
  });
});
