// Which page of the console is about a thing, by the first letters of its SID.

const PAGES: Record<string, string> = {
  SM: "messages",
  MM: "messages",
  CA: "calls",
  RE: "recordings",
  CF: "conferences",
  QU: "queues",
  EH: "twiml-bins",
  PN: "numbers",
  AP: "applications",
  EX: "webhooks",
  VA: "verify",
};

export function pageOfSid(sid: string): string | null {
  const page = PAGES[sid.slice(0, 2)];
  return page ? `/${page}/${sid}` : null;
}
