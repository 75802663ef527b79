// Reading: the answer is kept by its path and parameters, and asked for again when the stream says that it changed.

import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useLive } from "../live/useLive";
import { pageOf, type Page } from "./pages";
import { request, type Params } from "./request";

export interface Reading {
  /** Beginnings of the event types that make this out of date, such as `message.`. */
  live?: string[];
  /** Only events about this thing. */
  sid?: string;
  /** Only events with this detail. */
  detail?: string;
  enabled?: boolean;
  /** Milliseconds between two readings, however much happens. */
  rest?: number;
  /** Milliseconds after which it is read again although nothing happened. */
  every?: number;
}

export function useOne<Answer>(path: string, reading: Reading = {}): UseQueryResult<Answer> {
  const queryKey = [path];
  const enabled = reading.enabled ?? true;
  useLive(queryKey, { ...reading, enabled });
  return useQuery({
    queryKey,
    enabled,
    refetchInterval: reading.every ?? false,
    queryFn: ({ signal }) => request<Answer>({ method: "GET", path }, signal),
  });
}

export function useList<Item>(
  path: string,
  key: string,
  params: Params = {},
  reading: Reading = {},
): UseQueryResult<Page<Item>> {
  const queryKey = [path, params];
  const enabled = reading.enabled ?? true;
  useLive(queryKey, { ...reading, enabled });
  return useQuery({
    queryKey,
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: reading.every ?? false,
    queryFn: async ({ signal }) => pageOf<Item>(await request({ method: "GET", path, params }, signal), key),
  });
}
