// The stream of events, /offhook/v1/Events. One connection for the whole page; the browser comes back by itself and
// says where it was (`Last-Event-ID`), so nothing is missed. `reset` means that everything may be out of date.

export interface LiveEvent {
  seq: number;
  type: string;
  sid: string | null;
  /** In a word, what became of it; for a text on a phone, the phone's address. */
  detail?: string;
  account_sid?: string | null;
}

export const RESET: LiveEvent = { seq: 0, type: "reset", sid: null };
export type Listener = (event: LiveEvent) => void;
export type State = "connecting" | "live" | "lost";

const COME_BACK = 3000; // milliseconds, where the browser gives up (an answer that is no stream)

export class Stream {
  private source: EventSource | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<Listener>();
  private readonly watchers = new Set<() => void>();
  private wasLost = false;
  state: State = "connecting";

  constructor(
    private readonly url: string,
    private readonly open: (url: string) => EventSource = (at) => new EventSource(at),
  ) {}

  start(): void {
    if (this.source) return;
    const source = this.open(this.url);
    this.source = source;
    source.onopen = () => this.opened();
    source.onerror = () => this.failed(source);
    source.onmessage = (message) => this.tell(parse(message.data));
    source.addEventListener("reset", () => this.tell(RESET));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Called when the state changes. */
  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  private opened(): void {
    this.become("live");
    if (this.wasLost) this.tell(RESET);
    this.wasLost = false;
  }

  private failed(source: EventSource): void {
    this.become("lost");
    if (source.readyState !== EventSource.CLOSED) return;
    this.stop();
    this.wasLost = true; // a new connection does not know where the old one was
    this.timer = setTimeout(() => this.start(), COME_BACK);
  }

  private become(state: State): void {
    if (state === this.state) return;
    this.state = state;
    for (const watcher of this.watchers) watcher();
  }

  private tell(event: LiveEvent | null): void {
    if (event) for (const listener of this.listeners) listener(event);
  }
}

export function parse(data: string): LiveEvent | null {
  try {
    const event = JSON.parse(data) as LiveEvent;
    return typeof event.type === "string" ? event : null;
  } catch {
    return null;
  }
}

export function concerns(event: LiveEvent, types: string[], sid?: string, detail?: string): boolean {
  if (event.type === "reset") return true;
  if (sid !== undefined && event.sid !== sid) return false;
  if (detail !== undefined && event.detail !== detail) return false;
  return types.some((type) => event.type.startsWith(type));
}
