// One exchange, and sending it again.

import { Button, Modal, Select, Textarea, TextInput } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useOne } from "../api/queries";
import { request } from "../api/request";
import { EXCHANGES, type Exchange } from "../api/resources";
import { About } from "../parts/About";
import { CopyAs } from "../parts/CopyAs";
import { duration } from "../parts/dates";
import { ErrorNote } from "../parts/ErrorNote";
import { Facts, Head, Panel } from "../parts/Layout";
import { Said } from "../parts/Said";
import { Sid } from "../parts/Sid";
import { HttpStatus } from "../parts/Status";
import { urlProblem } from "../parts/validation";
import { When } from "../parts/When";

const BACK = { to: "/webhooks", label: "Webhooks" };
const KINDS = { document: "Webhook", callback: "Status callback", api: "API request" } as const;

export default function ExchangePage() {
  const { sid = "" } = useParams();
  const path = `${EXCHANGES}/${sid}`;
  const { data, error } = useOne<Exchange>(path);
  if (error)
    return (
      <>
        <Head title="Exchange" back={BACK} />
        <ErrorNote error={error} />
      </>
    );
  if (!data) return <Head title="Exchange" back={BACK} />;
  return (
    <>
      <Head
        title={KINDS[data.kind]}
        back={BACK}
        actions={
          <>
            <CopyAs call={{ method: "GET", path }} />
            {data.direction === "out" && <Resend key={data.sid} exchange={data} />}
          </>
        }
      />
      <Panel>
        <Facts
          facts={[
            ["Answer", <HttpStatus status={data.status} />],
            ["Time", <When date={data.date_created} />],
            ["Took", duration(data.duration)],
            ["About", <About sid={data.resource_sid} />],
            ["SID", <Sid sid={data.sid} />],
            ...(data.resent_from
              ? [
                  ["Repeats", <Link to={`/webhooks/${data.resent_from}`}>the first one</Link>] as [
                    string,
                    React.ReactNode,
                  ],
                ]
              : []),
          ]}
        />
      </Panel>
      <Panel>
        <Said exchange={data} />
      </Panel>
    </>
  );
}

function Resend({ exchange }: { exchange: Exchange }) {
  const navigate = useNavigate();
  const [isChanging, setChanging] = useState(false);
  const path = `${EXCHANGES}/${exchange.sid}/Resend`;
  const resend = useMutation({
    mutationFn: (params: Record<string, string>) => request<Exchange>({ method: "POST", path, params }),
    onSuccess: (made) => {
      setChanging(false);
      void navigate(`/webhooks/${made.sid}`);
    },
  });
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setChanging(true)}>
        Change and send again
      </Button>
      <Button
        size="xs"
        leftSection={<IconRefresh size={15} />}
        loading={resend.isPending}
        onClick={() => resend.mutate({})}
      >
        Send again
      </Button>
      {!isChanging && <ErrorNote error={resend.error} />}
      <Modal
        opened={isChanging}
        onClose={() => setChanging(false)}
        title="Change and send again"
        size="lg"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <ChangeForm
          exchange={exchange}
          path={path}
          send={resend.mutate}
          isBusy={resend.isPending}
          error={resend.error}
        />
      </Modal>
    </>
  );
}

interface ChangeProps {
  exchange: Exchange;
  path: string;
  send: (params: Record<string, string>) => void;
  isBusy: boolean;
  error: unknown;
}

function ChangeForm({ exchange, path, send, isBusy, error }: ChangeProps) {
  const [url, setUrl] = useState(exchange.url);
  const [method, setMethod] = useState(exchange.method);
  const [fields, setFields] = useState(() =>
    [...new URLSearchParams(exchange.request_body)].map(([name, value]) => `${name}: ${value}`).join("\n"),
  );
  const params = { Url: url, Method: method, Parameters: form(fields) };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        send(params);
      }}
    >
      <p className="hint">It is signed with the token of today. The answer is shown, and nothing follows from it.</p>
      <TextInput
        label="URL"
        value={url}
        error={urlProblem(url)}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <Select
        label="Method"
        data={["POST", "GET"]}
        value={method}
        allowDeselect={false}
        onChange={(chosen) => setMethod(chosen ?? method)}
      />
      <Textarea
        label="Parameters"
        description="A line for each: Name: value"
        autosize
        minRows={6}
        maxRows={18}
        value={fields}
        spellCheck={false}
        onChange={(event) => setFields(event.currentTarget.value)}
      />
      <ErrorNote error={error} />
      <div className="row spread">
        <CopyAs call={{ method: "POST", path, params }} />
        <Button type="submit" loading={isBusy}>
          Send again
        </Button>
      </div>
    </form>
  );
}

/** A form, from lines of `Name: value`. */
function form(lines: string): string {
  const query = new URLSearchParams();
  for (const line of lines.split("\n").filter((one) => one.includes(":"))) {
    const colon = line.indexOf(":");
    query.append(line.slice(0, colon).trim(), line.slice(colon + 1).replace(/^ /, ""));
  }
  return query.toString();
}
