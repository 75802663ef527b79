// One number: what answers when a message or a call comes in. Mirrors the page that Twilio's guides show.

import { Button, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useAccount } from "../api/account";
import { useOne } from "../api/queries";
import { type Params, request } from "../api/request";
import { api, type PhoneNumber as Number } from "../api/resources";
import { Abilities } from "../parts/Abilities";
import { CallTest } from "../parts/CallTest";
import { ConfirmButton } from "../parts/ConfirmButton";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { Facts, Head, Panel } from "../parts/Layout";
import { spaced } from "../parts/phoneNumbers";
import { Sid } from "../parts/Sid";
import { nameProblem, urlProblem } from "../parts/validation";
import { type Webhook, WebhookFields } from "../parts/WebhookFields";
import { When } from "../parts/When";
import { SendTest } from "../parts/SendTest";
import { ChooseApplication } from "../parts/ChooseApplication";

const BACK = { to: "/numbers", label: "Phone numbers" };

export default function PhoneNumberPage() {
  const { sid = "" } = useParams();
  const path = api(useAccount(), `/IncomingPhoneNumbers/${sid}`);
  const { data, error } = useOne<Number>(path, { live: ["phone-number.updated"], sid });
  if (error)
    return (
      <>
        <Head title="Phone number" back={BACK} />
        <ErrorNote error={error} />
      </>
    );
  return data ? <Shown key={data.sid} number={data} path={path} /> : <Head title="Phone number" back={BACK} />;
}

function Shown({ number, path }: { number: Number; path: string }) {
  const navigate = useNavigate();
  const release = useMutation({
    mutationFn: () => request({ method: "DELETE", path }),
    onSuccess: () => navigate("/numbers"),
  });
  return (
    <>
      <Head
        title={spaced(number.phone_number)}
        back={BACK}
        actions={
          <>
            <CopyAs call={{ method: "GET", path }} />
            <ConfirmButton
              label="Release"
              question={`Release ${number.phone_number}? Texts and calls to it reach nobody's app any more; the number can be bought again.`}
              icon={<IconTrash size={14} />}
              isBusy={release.isPending}
              confirm={() => release.mutate()}
            />
          </>
        }
      />
      <ErrorNote error={release.error} />
      <Panel>
        <Facts
          facts={[
            ["SID", <Sid sid={number.sid} />],
            ["Can do", <Abilities of={number.capabilities} />],
            ["Bought", <When date={number.date_created} />],
          ]}
        />
      </Panel>
      <Settings number={number} path={path} />
      <SendTest number={number} />
      <CallTest number={number} />
    </>
  );
}

interface Draft {
  name: string;
  texts: Webhook;
  calls: Webhook;
  textsApplication: string;
  callsApplication: string;
}

function draftOf(number: Number): Draft {
  return {
    name: number.friendly_name,
    texts: {
      url: number.sms_url,
      method: number.sms_method,
      fallbackUrl: number.sms_fallback_url,
      fallbackMethod: number.sms_fallback_method,
    },
    calls: {
      url: number.voice_url,
      method: number.voice_method,
      fallbackUrl: number.voice_fallback_url,
      fallbackMethod: number.voice_fallback_method,
    },
    textsApplication: number.sms_application_sid,
    callsApplication: number.voice_application_sid,
  };
}

function paramsOf({ name, texts, calls, textsApplication, callsApplication }: Draft): Params {
  return {
    FriendlyName: name,
    SmsUrl: texts.url,
    SmsMethod: texts.method,
    SmsFallbackUrl: texts.fallbackUrl,
    SmsFallbackMethod: texts.fallbackMethod,
    SmsApplicationSid: textsApplication,
    VoiceUrl: calls.url,
    VoiceMethod: calls.method,
    VoiceFallbackUrl: calls.fallbackUrl,
    VoiceFallbackMethod: calls.fallbackMethod,
    VoiceApplicationSid: callsApplication,
  };
}

function problemsOf({ name, texts, calls }: Draft): boolean {
  const urls = [texts.url, texts.fallbackUrl, calls.url, calls.fallbackUrl];
  return nameProblem(name) !== null || urls.some((url) => urlProblem(url) !== null);
}

function Settings({ number, path }: { number: Number; path: string }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(number));
  const [isSaved, setSaved] = useState(false);
  const call = { method: "POST" as const, path, params: paramsOf(draft) };
  const save = useMutation({
    mutationFn: () => request<Number>(call),
    onSuccess: (saved) => {
      client.setQueryData([path], saved);
      setSaved(true);
    },
  });
  const change = (part: Partial<Draft>) => {
    setSaved(false);
    setDraft((old) => ({ ...old, ...part }));
  };
  return (
    <form
      noValidate
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!problemsOf(draft)) save.mutate();
      }}
    >
      <Panel title="Messages">
        <WebhookFields
          label="A message comes in"
          of="messages"
          about="Offhook asks this URL; the TwiML that it answers with is carried out."
          value={draft.texts}
          change={(texts) => change({ texts })}
          disabled={draft.textsApplication !== ""}
        />
        <ChooseApplication
          label="Application for messages"
          value={draft.textsApplication}
          change={(textsApplication) => change({ textsApplication })}
        />
      </Panel>
      <Panel title="Calls">
        <WebhookFields
          label="A call comes in"
          of="calls"
          about="Offhook asks this URL; the TwiML that it answers with is carried out while the call lasts."
          value={draft.calls}
          change={(calls) => change({ calls })}
          disabled={draft.callsApplication !== ""}
        />
        <ChooseApplication
          label="Application for calls"
          value={draft.callsApplication}
          change={(callsApplication) => change({ callsApplication })}
        />
      </Panel>
      <Panel>
        <TextInput
          label="Name"
          value={draft.name}
          error={nameProblem(draft.name)}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
      </Panel>
      <ErrorNote error={save.error} />
      <div className="row">
        <Button type="submit" loading={save.isPending} disabled={problemsOf(draft)}>
          Save
        </Button>
        <CopyAs call={call} />
        <span role="status" className="status good" hidden={!isSaved}>
          Saved
        </span>
      </div>
    </form>
  );
}
