import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Coalescer } from "../src/live/coalescer";
import { concerns, type LiveEvent, parse, RESET, Stream } from "../src/live/stream";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("reading again", () => {
  it("is done at once, then once more for all that came meanwhile", async () => {
    const run = vi.fn(async () => undefined);
    const again = new Coalescer(run, 400);
    for (let event = 0; event < 500; event++) again.ask();
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(400);
    expect(run).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(4000);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it("never runs twice at once, however long it takes", async () => {
    let running = 0;
    let most = 0;
    const again = new Coalescer(async () => {
      most = Math.max(most, ++running);
      await new Promise((done) => setTimeout(done, 1000));
      running--;
    }, 10);
    for (let moment = 0; moment < 100; moment++) {
      again.ask();
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(most).toBe(1);
  });

  it("is not done after it was stopped", async () => {
    const run = vi.fn(async () => undefined);
    const again = new Coalescer(run, 10);
    again.ask();
    again.ask();
    again.stop();
    await vi.advanceTimersByTimeAsync(100);
    expect(run).toHaveBeenCalledTimes(1);
  });
});

/** What a browser's EventSource is to the stream, driven by hand. */
class Source {
  static readonly made: Source[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  private readonly others = new Map<string, () => void>();
  isClosed = false;

  constructor(readonly url: string) {
    Source.made.push(this);
  }

  addEventListener(type: string, listener: () => void): void {
    this.others.set(type, listener);
  }

  emit(type: string): void {
    this.others.get(type)?.();
  }

  close(): void {
    this.isClosed = true;
  }
}

describe("the stream", () => {
  let stream: Stream;
  let heard: LiveEvent[];
  const source = (): Source => Source.made.at(-1)!;

  beforeEach(() => {
    vi.stubGlobal("EventSource", { CLOSED: 2 });
    Source.made.length = 0;
    heard = [];
    stream = new Stream("/events", (url) => new Source(url) as unknown as EventSource);
    stream.listen((event) => heard.push(event));
    stream.start();
  });
  afterEach(() => {
    stream.stop();
    vi.unstubAllGlobals();
  });

  it("tells what it hears, and nothing of what is no event", () => {
    source().onmessage?.({ data: '{"seq":1,"type":"message.created","sid":"SM1"}' });
    source().onmessage?.({ data: "<html>" });
    source().emit("reset");
    expect(heard).toEqual([{ seq: 1, type: "message.created", sid: "SM1" }, RESET]);
  });

  it("says whether it is live", () => {
    const states: string[] = [];
    stream.watch(() => states.push(stream.state));
    source().onopen?.();
    source().onerror?.();
    source().onopen?.();
    expect(states).toEqual(["live", "lost", "live"]);
    expect(heard).toEqual([]);
  });

  it("comes back where the browser gives up, and says that anything may have happened", () => {
    source().onopen?.();
    source().readyState = 2;
    source().onerror?.();
    vi.advanceTimersByTime(3000);
    expect(Source.made).toHaveLength(2);
    source().onopen?.();
    expect(heard).toEqual([RESET]);
  });
});

describe("what an event concerns", () => {
  const event = parse('{"seq":1,"type":"message.updated","sid":"SM1"}')!;

  it("is told by its type and by the thing", () => {
    expect(concerns(event, ["message."])).toBe(true);
    expect(concerns(event, ["exchange."])).toBe(false);
    expect(concerns(event, ["message."], "SM2")).toBe(false);
    expect(concerns(RESET, ["exchange."], "SM2")).toBe(true);
  });

  it("may be told by a detail, such as whose phone it is", () => {
    const text = parse('{"seq":1,"type":"handset-message.created","sid":"HM1","detail":"+1"}')!;
    expect(concerns(text, ["handset-message."], undefined, "+1")).toBe(true);
    expect(concerns(text, ["handset-message."], undefined, "+2")).toBe(false);
    expect(concerns(RESET, ["handset-message."], undefined, "+2")).toBe(true);
  });

  it("is not guessed", () => {
    expect(parse("{}")).toBeNull();
    expect(parse("null")).toBeNull();
  });
});
