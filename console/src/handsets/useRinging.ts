// Which phones ring, wherever in the console one is. News of calls name the phone; it is then asked whether it rings.
// However much happens, only the phones heard of last are asked.

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useQuery } from "@tanstack/react-query";
import { pageOf } from "../api/pages";
import { request } from "../api/request";
import type { HandsetCall } from "../api/resources";
import { callsOf } from "../api/voice";
import { Coalescer } from "../live/coalescer";
import { useEvents } from "../live/useEvents";
import { visible } from "../live/visible";
import { ringsHere } from "./useCalls";

const KEY = ["ringing"];
const REST = 1000; // milliseconds between two askings
const MOST = 4; // phones that are asked at a time

export type Ringing = Record<string, HandsetCall>;

export function useRinging(): Ringing {
  const client = useQueryClient();
  const heardOf = useRef(new Set<string>());
  const { data } = useQuery<Ringing>({ queryKey: KEY, queryFn: () => ({}), enabled: false, initialData: {} });
  const asking = useMemo(
    () =>
      new Coalescer(async () => {
        await visible();
        const phones = [...heardOf.current].slice(-MOST);
        heardOf.current.clear();
        const found = await Promise.all(phones.map(async (phone) => [phone, await ringingOn(phone)] as const));
        client.setQueryData<Ringing>(KEY, (known = {}) => changed(known, found));
      }, REST),
    [client],
  );
  useEffect(() => () => asking.stop(), [asking]);
  useEvents(({ type, detail }) => {
    if (!type.startsWith("handset-call.") || !detail) return;
    const isNews = type === "handset-call.created" || detail in (client.getQueryData<Ringing>(KEY) ?? {});
    if (!isNews) return;
    heardOf.current.delete(detail);
    heardOf.current.add(detail);
    asking.ask();
  });
  return data;
}

export function changed(known: Ringing, found: (readonly [string, HandsetCall | undefined])[]): Ringing {
  const ringing = { ...known };
  for (const [phone, call] of found)
    if (call) ringing[phone] = call;
    else delete ringing[phone];
  return ringing;
}

async function ringingOn(phone: string): Promise<HandsetCall | undefined> {
  const params = { Order: "desc", PageSize: 1 };
  const answer = await request({ method: "GET", path: callsOf(phone), params }).catch(() => null);
  return answer === null ? undefined : pageOf<HandsetCall>(answer, "calls").items.find(ringsHere);
}
