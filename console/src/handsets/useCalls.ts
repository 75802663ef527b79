// The calls of a phone, the latest first, and what the person with it does in them.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useList } from "../api/queries";
import { type Params, request } from "../api/request";
import type { HandsetCall } from "../api/resources";
import { callsOf, isUnderWay } from "../api/voice";

const MOST = 10;
const REST = 150; // milliseconds: somebody listens
const LATEST: Params = { Order: "desc", PageSize: MOST };

export function useCalls(address: string) {
  const path = callsOf(address);
  const { data, error } = useList<HandsetCall>(path, "calls", LATEST, {
    live: ["handset-call."],
    detail: address,
    rest: REST,
  });
  const calls = data?.items ?? [];
  return { calls, live: calls.find(isUnderWay), error };
}

/** Calls somebody. */
export function useDial(address: string) {
  const client = useQueryClient();
  const path = callsOf(address);
  return useMutation({
    mutationFn: (To: string) => request<HandsetCall>({ method: "POST", path, params: { To } }),
    onSuccess: () => client.invalidateQueries({ queryKey: [path] }),
  });
}

/** Does something in a call: one thing after the other, in the order in which it was asked for. */
export function useAct(address: string, sid: string) {
  const client = useQueryClient();
  const path = callsOf(address);
  return useMutation({
    scope: { id: sid },
    mutationFn: (params: Params) => request<HandsetCall>({ method: "POST", path: `${path}/${sid}`, params }),
    onSettled: () => client.invalidateQueries({ queryKey: [path] }),
  });
}

export const partnerOf = ({ direction, from, to }: HandsetCall): string => (direction === "inbound" ? from : to);
export const ringsHere = ({ direction, status }: HandsetCall): boolean =>
  direction === "inbound" && status === "ringing";
