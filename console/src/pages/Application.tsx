// One application and its webhooks.

import { Button, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useAccount } from "../api/account";
import { useOne } from "../api/queries";
import { request } from "../api/request";
import { api, type Application as Shown } from "../api/resources";
import { ConfirmButton } from "../parts/ConfirmButton";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { Facts, Head, Panel } from "../parts/Layout";
import { Sid } from "../parts/Sid";
import { nameProblem, urlProblem } from "../parts/validation";
import { type Webhook, WebhookFields } from "../parts/WebhookFields";
import { When } from "../parts/When";

const BACK = { to: "/applications", label: "Applications" };

export default function ApplicationPage() {
  const { sid = "" } = useParams();
  const path = api(useAccount(), `/Applications/${sid}`);
  const { data, error } = useOne<Shown>(path, { live: ["application.updated"], sid });
  if (error)
    return (
      <>
        <Head title="Application" back={BACK} />
        <ErrorNote error={error} />
      </>
    );
  if (!data) return <Head title="Application" back={BACK} />;
  return (
    <>
      <Head title={data.friendly_name || "Application"} back={BACK} actions={<Actions path={path} />} />
      <Panel>
        <Facts
          facts={[
            ["SID", <Sid sid={data.sid} />],
            ["Made", <When date={data.date_created} />],
          ]}
        />
      </Panel>
      <Settings key={data.sid} application={data} path={path} />
    </>
  );
}

function Actions({ path }: { path: string }) {
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => request({ method: "DELETE", path }),
    onSuccess: () => navigate("/applications"),
  });
  return (
    <>
      <CopyAs call={{ method: "GET", path }} />
      <ConfirmButton
        label="Delete"
        question="Delete this application? The numbers that used it use their own webhooks again."
        icon={<IconTrash size={14} />}
        isBusy={remove.isPending}
        confirm={() => remove.mutate()}
      />
      <ErrorNote error={remove.error} />
    </>
  );
}

function Settings({ application, path }: { application: Shown; path: string }) {
  const client = useQueryClient();
  const [name, setName] = useState(application.friendly_name);
  const [texts, setTexts] = useState<Webhook>({
    url: application.sms_url ?? "",
    method: application.sms_method,
    fallbackUrl: application.sms_fallback_url ?? "",
    fallbackMethod: application.sms_fallback_method,
  });
  const [calls, setCalls] = useState<Webhook>({
    url: application.voice_url ?? "",
    method: application.voice_method,
    fallbackUrl: application.voice_fallback_url ?? "",
    fallbackMethod: application.voice_fallback_method,
  });
  const [callback, setCallback] = useState(application.message_status_callback ?? "");
  const call = {
    method: "POST" as const,
    path,
    params: {
      FriendlyName: name,
      SmsUrl: texts.url,
      SmsMethod: texts.method,
      SmsFallbackUrl: texts.fallbackUrl,
      SmsFallbackMethod: texts.fallbackMethod,
      VoiceUrl: calls.url,
      VoiceMethod: calls.method,
      VoiceFallbackUrl: calls.fallbackUrl,
      VoiceFallbackMethod: calls.fallbackMethod,
      MessageStatusCallback: callback,
    },
  };
  const hasProblem =
    [texts.url, texts.fallbackUrl, calls.url, calls.fallbackUrl, callback].some(urlProblem) || !!nameProblem(name);
  const save = useMutation({
    mutationFn: () => request<Shown>(call),
    onSuccess: (saved) => client.setQueryData([path], saved),
  });
  return (
    <form
      noValidate
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!hasProblem) save.mutate();
      }}
      onChange={() => save.isSuccess && save.reset()}
    >
      <Panel title="Messages">
        <WebhookFields label="A message comes in" of="messages" value={texts} change={setTexts} />
        <TextInput
          label="Status callback"
          description="Told of every status of the messages that this application sends."
          value={callback}
          error={urlProblem(callback)}
          onChange={(event) => setCallback(event.currentTarget.value.trim())}
        />
      </Panel>
      <Panel title="Calls">
        <WebhookFields
          label="A call comes in"
          of="calls"
          about="Offhook asks this URL; the TwiML that it answers with is carried out while the call lasts."
          value={calls}
          change={setCalls}
        />
      </Panel>
      <Panel>
        <TextInput
          label="Name"
          value={name}
          error={nameProblem(name)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Panel>
      <ErrorNote error={save.error} />
      <div className="row">
        <Button type="submit" loading={save.isPending} disabled={hasProblem}>
          Save
        </Button>
        <CopyAs call={call} />
        <span role="status" className="status good" hidden={!save.isSuccess}>
          Saved
        </span>
      </div>
    </form>
  );
}
