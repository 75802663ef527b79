// A text to the number from a handset, and what the app was asked and answered. It is a real text: it stands among the
// messages, and the app's answer goes to the handset.

import { Button, Loader, TextInput } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { useList } from "../api/queries";
import { request } from "../api/request";
import { EXCHANGES, type Exchange, handset, type HandsetText, type PhoneNumber } from "../api/resources";
import { ErrorNote } from "./ErrorNote";
import { Panel } from "./Layout";
import { Said } from "./Said";
import { CopyAs } from "./CopyAs";

export const TEST_PHONE = "+19732644152";

export function SendTest({ number }: { number: PhoneNumber }) {
  const [body, setBody] = useState("Hello");
  const call = {
    method: "POST" as const,
    path: `${handset(TEST_PHONE)}/Messages`,
    params: { To: number.phone_number, Body: body },
  };
  const text = useMutation({ mutationFn: () => request<HandsetText>(call) });
  const isAsked = number.sms_url !== "" || number.sms_application_sid !== "";
  return (
    <Panel title="Try it" actions={<CopyAs call={call} />}>
      <p className="hint">
        The handset {TEST_PHONE} texts this number, with what is saved above. See it on{" "}
        <Link to={phonePage(number)}>its screen</Link>.
      </p>
      <div className="row wrap">
        <TextInput
          aria-label="Text of the test"
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <Button
          variant="light"
          leftSection={<IconSend size={15} />}
          loading={text.isPending}
          onClick={() => text.mutate()}
        >
          Send test
        </Button>
      </div>
      <ErrorNote error={text.error} />
      {text.data && !isAsked && (
        <p className="hint" role="status">
          The text came in. No URL is set under “A message comes in”, so no app was asked.
        </p>
      )}
      {text.data?.message_sid && isAsked && <Asked sid={text.data.message_sid} page={`/messages/${text.data.message_sid}`} what="message" />}
    </Panel>
  );
}

export const phonePage = ({ phone_number }: PhoneNumber) =>
  `/handsets?${new URLSearchParams([
    ["phone", TEST_PHONE],
    ["to", phone_number],
  ])}`;

/** The exchanges that a message or a call led to, and the way to its `page`. */
export function Asked({ sid, page, what }: { sid: string; page: string; what: string }) {
  const { data } = useList<Exchange>(
    EXCHANGES,
    "exchanges",
    { ResourceSid: sid, Direction: "out" },
    { live: ["exchange."] },
  );
  if (!data?.items.length)
    return (
      <p className="row hint" role="status">
        <Loader size="xs" /> Waiting for the app's answer…
      </p>
    );
  return (
    <div className="stack" role="status">
      {data.items.toReversed().map((exchange) => (
        <Said key={exchange.sid} exchange={exchange} />
      ))}
      <Link to={page}>The whole story of this {what}</Link>
    </div>
  );
}
