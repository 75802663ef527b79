// The phones that the account's messages went to or came from, the latest first.

import type { Message } from "../api/resources";

export function phonesIn(messages: Pick<Message, "direction" | "from" | "to">[]): string[] {
  return [...new Set(messages.map(({ direction, from, to }) => (direction === "inbound" ? from : to)))];
}
