// What a phone shows. The API lists it oldest first, so all of it is read once, and after that only the last page
// again: what is new stands there.

import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useLive } from "../live/useLive";
import { atSpot, type Page, pageOf, type Spot } from "./pages";
import { request } from "./request";
import { handset, type HandsetText } from "./resources";

const PAGE_SIZE = 1000;

export interface Thread {
  /** The texts before the last page. */
  before: HandsetText[];
  last: HandsetText[];
  spot: Spot | null;
}

const EMPTY: Thread = { before: [], last: [], spot: null };

export const allOf = ({ before, last }: Thread): HandsetText[] => (before.length ? [...before, ...last] : last);

/** What has been added since; `read` fetches a page. */
export async function continued(
  known: Thread,
  read: (spot: Spot | null) => Promise<Page<HandsetText>>,
): Promise<Thread> {
  const before = [...known.before];
  let spot = known.spot;
  let page = await read(spot);
  while (page.next) {
    before.push(...page.items);
    spot = page.next;
    page = await read(spot);
  }
  return { before, last: page.items, spot };
}

export function useThread(address: string): UseQueryResult<Thread> {
  const client = useQueryClient();
  const path = `${handset(address)}/Messages`;
  const queryKey = [path, "thread"];
  useLive(queryKey, { live: ["handset-message."], enabled: true });
  return useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      continued(client.getQueryData<Thread>(queryKey) ?? EMPTY, async (spot) => {
        const params = { PageSize: PAGE_SIZE, ...atSpot(spot) };
        return pageOf<HandsetText>(await request({ method: "GET", path, params }, signal), "messages");
      }),
  });
}
