// Does one thing again and again, however often it is asked to: never two at once, never without a rest in between,
// and always once more after the last time it was asked.

export class Coalescer {
  private wanted = false;
  private busy = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly run: () => Promise<unknown>,
    private readonly rest: number,
  ) {}

  ask(): void {
    this.wanted = true;
    if (!this.busy) void this.work();
  }

  stop(): void {
    this.wanted = false;
    clearTimeout(this.timer);
  }

  private async work(): Promise<void> {
    this.busy = true;
    this.wanted = false;
    try {
      await this.run();
    } finally {
      this.timer = setTimeout(() => {
        this.busy = false;
        if (this.wanted) void this.work();
      }, this.rest);
    }
  }
}
