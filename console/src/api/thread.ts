// What a phone shows. The newest texts are read first and older ones when somebody wants them; after that only what is
// new.

import { useMutation, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useLive } from "../live/useLive";
import { atSpot, type Page, pageOf, type Spot } from "./pages";
import { request } from "./request";
import { handset, type HandsetText } from "./resources";

const AT_FIRST = 500;
const NEWS = 50;
const MOST_PAGES = 20; // of news; where there are more, what was known is forgotten

export interface Thread {
  /** Oldest first. */
  texts: HandsetText[];
  /** Where the texts before these are. */
  older: Spot | null;
}

export type Read = (spot: Spot | null, size: number) => Promise<Page<HandsetText>>;

interface News extends Thread {
  /** Whether they go on where what is known ends. */
  goesOn: boolean;
}

const EMPTY: Thread = { texts: [], older: null };

/** What has come since; `read` fetches a page, newest first. */
export async function newsOf({ texts: known }: Thread, read: Read): Promise<News> {
  const last = known.at(-1)?.sid;
  const news: HandsetText[] = [];
  let page = await read(null, last ? NEWS : AT_FIRST);
  for (let pages = 1; ; pages++) {
    const place = page.items.findIndex(({ sid }) => sid === last);
    if (place >= 0) return { texts: [...news, ...page.items.slice(0, place)].toReversed(), older: null, goesOn: true };
    news.push(...page.items);
    if (!last || !page.next || pages === MOST_PAGES)
      return { texts: news.toReversed(), older: page.next, goesOn: false };
    page = await read(page.next, NEWS);
  }
}

/** The news joined to what is known by now, which may have become more meanwhile. */
export function joined(known: Thread, { goesOn, ...news }: News): Thread {
  if (!goesOn) return news;
  const sids = new Set(known.texts.slice(-NEWS * MOST_PAGES).map(({ sid }) => sid));
  const added = news.texts.filter(({ sid }) => !sids.has(sid));
  return added.length ? { ...known, texts: [...known.texts, ...added] } : known;
}

/** A page of older texts put before what is known; nothing changes if that does not begin there any more. */
export function withOlder(known: Thread, from: Spot | null, page: Page<HandsetText>): Thread {
  if (known.older?.PageToken !== from?.PageToken) return known;
  return { texts: [...page.items.toReversed(), ...known.texts], older: page.next };
}

export interface Phone {
  thread: UseQueryResult<Thread>;
  /** Reads older texts; undefined when there are none. */
  readOlder: (() => void) | undefined;
}

export function useThread(address: string): Phone {
  const client = useQueryClient();
  const path = `${handset(address)}/Messages`;
  const queryKey = [path, "thread"];
  const known = () => client.getQueryData<Thread>(queryKey) ?? EMPTY;
  const read: Read = async (spot, size) => {
    const params = { Order: "desc", PageSize: size, ...atSpot(spot) };
    return pageOf<HandsetText>(await request({ method: "GET", path, params }), "messages");
  };
  useLive(queryKey, { live: ["handset-message."], detail: address, enabled: true });
  const thread = useQuery({ queryKey, queryFn: async () => joined(known(), await newsOf(known(), read)) });
  const older = useMutation({
    mutationFn: async () => {
      const from = known().older;
      const page = await read(from, AT_FIRST);
      client.setQueryData<Thread>(queryKey, withOlder(known(), from, page));
    },
  });
  const hasOlder = thread.data?.older && !older.isPending;
  return { thread, readOlder: hasOlder ? () => older.mutate() : undefined };
}
