// What is to be done on a call: TwiML that is typed, or the URL of a document.

import { SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { urlProblem } from "../parts/validation";

export interface Orders {
  kind: "Twiml" | "Url";
  twiml: string;
  url: string;
}

export const GREETING: Orders = {
  kind: "Twiml",
  twiml: "<Response>\n  <Say>Hello from Offhook.</Say>\n</Response>",
  url: "",
};

export const ordered = ({ kind, twiml, url }: Orders) => (kind === "Twiml" ? { Twiml: twiml } : { Url: url });
export const isOrdered = ({ kind, twiml, url }: Orders): boolean =>
  kind === "Twiml" ? twiml.trim() !== "" : url !== "" && !urlProblem(url);

export function Instructions({ orders, change }: { orders: Orders; change: (orders: Orders) => void }) {
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="Where the instructions are"
        data={[
          { value: "Twiml", label: "TwiML" },
          { value: "Url", label: "URL" },
        ]}
        value={orders.kind}
        onChange={(kind) => change({ ...orders, kind: kind as Orders["kind"] })}
      />
      {orders.kind === "Twiml" ? (
        <Textarea
          label="TwiML"
          autosize
          minRows={4}
          maxRows={16}
          spellCheck={false}
          value={orders.twiml}
          onChange={(event) => change({ ...orders, twiml: event.currentTarget.value })}
          classNames={{ input: "typed-code" }}
        />
      ) : (
        <TextInput
          label="URL"
          placeholder="https://…"
          value={orders.url}
          error={urlProblem(orders.url)}
          onChange={(event) => change({ ...orders, url: event.currentTarget.value.trim() })}
        />
      )}
    </>
  );
}
