// A state as a coloured dot and a word; the colour is never the only sign.

const TONES: Record<string, string> = {
  completed: "good",
  "in-progress": "calm",
  ringing: "calm",
  connected: "good",
  init: "calm",
  paused: "warn",
  busy: "bad",
  "no-answer": "bad",
  absent: "dull",
  delivered: "good",
  received: "good",
  active: "good",
  approved: "good",
  verified: "good",
  converted: "good",
  pending: "calm",
  max_attempts_reached: "bad",
  "200": "good",
  queued: "calm",
  sending: "calm",
  sent: "calm",
  undelivered: "bad",
  failed: "bad",
  closed: "bad",
  error: "bad",
  canceled: "dull",
  suspended: "warn",
  warning: "warn",
};

export function Status({ status }: { status: string }) {
  return <span className={`status ${TONES[status] ?? "dull"}`}>{status}</span>;
}

export function HttpStatus({ status }: { status: number | null }) {
  if (status === null) return <span className="status bad">no answer</span>;
  return <span className={`status ${status < 300 ? "good" : status < 400 ? "calm" : "bad"}`}>{status}</span>;
}
