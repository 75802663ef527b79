import { useQueryClient, type QueryKey } from "@tanstack/react-query";
import { createContext, use, useEffect, useSyncExternalStore } from "react";
import { Coalescer } from "./coalescer";
import { visible } from "./visible";
import { concerns, type State, type Stream } from "./stream";

export const StreamContext = createContext<Stream | null>(null);
const REST = 400; // milliseconds

interface Interest {
  live?: string[];
  sid?: string;
  detail?: string;
  enabled: boolean;
  rest?: number;
}

export function useStream(): Stream {
  const stream = use(StreamContext);
  if (!stream) throw new Error("There is no stream here");
  return stream;
}

/** Reads a query again when something happens that concerns it. */
export function useLive(queryKey: QueryKey, { live = [], sid, detail, enabled, rest = REST }: Interest): void {
  const stream = useStream();
  const client = useQueryClient();
  const key = JSON.stringify(queryKey);
  const types = live.join(" ");
  useEffect(() => {
    if (!enabled || !types) return;
    const read = () => client.invalidateQueries({ queryKey: JSON.parse(key), exact: true });
    const again = new Coalescer(() => visible().then(read), rest);
    const leave = stream.listen((event) => {
      if (concerns(event, types.split(" "), sid, detail)) again.ask();
    });
    return () => {
      leave();
      again.stop();
    };
  }, [stream, client, key, types, sid, detail, enabled, rest]);
}

export function useStreamState(): State {
  const stream = useStream();
  return useSyncExternalStore(stream.watch, () => stream.state);
}
