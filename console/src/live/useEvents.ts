import { useEffect, useRef } from "react";
import type { LiveEvent } from "./stream";
import { useStream } from "./useLive";

/** Calls `hear` for everything that happens. */
export function useEvents(hear: (event: LiveEvent) => void): void {
  const stream = useStream();
  const latest = useRef(hear);
  latest.current = hear;
  useEffect(() => stream.listen((event) => latest.current(event)), [stream]);
}
