// How a service sends its codes, and how its authenticator apps make them.

import { Button, NumberInput, Switch, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "../api/request";
import { type VerifyService, verifyService } from "../api/verify";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { Panel } from "../parts/Layout";
import { CODE_LENGTHS, serviceNameProblem } from "./names";

const SWITCHES = [
  ["do_not_share_warning_enabled", "DoNotShareWarningEnabled", "Add to each text that nobody else needs the code"],
  ["lookup_enabled", "LookupEnabled", "Look up what kind of line each number is"],
  ["skip_sms_to_landlines", "SkipSmsToLandlines", "Send no texts to landlines (needs the lookup)"],
  ["dtmf_input_required", "DtmfInputRequired", "Say a code in a call only once a key is pressed"],
  ["custom_code_enabled", "CustomCodeEnabled", "Let the app bring its own codes"],
  ["psd2_enabled", "Psd2Enabled", "Codes for payments (amount and payee)"],
] as const;
const TOTP_NUMBERS = [
  ["time_step", "Totp.TimeStep", "Seconds that a code lasts", 20, 60],
  ["code_length", "Totp.CodeLength", "Digits of a code", 3, 8],
  ["skew", "Totp.Skew", "Codes before and after that count too", 0, 2],
] as const;

export function ServiceSettings({ service }: { service: VerifyService }) {
  const client = useQueryClient();
  const path = verifyService(service.sid);
  const [draft, setDraft] = useState(service);
  const change = (changes: Partial<VerifyService>) => setDraft((known) => ({ ...known, ...changes }));
  const call = { method: "POST" as const, path, params: paramsOf(draft) };
  const save = useMutation({
    mutationFn: () => request<VerifyService>(call),
    onSuccess: (saved) => client.setQueryData([path], saved),
  });
  return (
    <form
      noValidate
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
      onChange={() => save.isSuccess && save.reset()}
    >
      <div className="columns">
        <Codes draft={draft} change={change} />
        <Totp draft={draft} change={change} />
      </div>
      <ErrorNote error={save.error} />
      <div className="row wrap">
        <Button type="submit" loading={save.isPending} disabled={!!serviceNameProblem(draft.friendly_name)}>
          Save
        </Button>
        <CopyAs call={call} />
        {save.isSuccess && <span role="status">Saved</span>}
      </div>
    </form>
  );
}

interface DraftProps {
  draft: VerifyService;
  change: (changes: Partial<VerifyService>) => void;
}

function Codes({ draft, change }: DraftProps) {
  return (
    <Panel title="Codes">
      <TextInput
        label="Name"
        value={draft.friendly_name}
        error={serviceNameProblem(draft.friendly_name)}
        onChange={(event) => change({ friendly_name: event.currentTarget.value })}
      />
      <NumberInput
        label="Digits"
        {...CODE_LENGTHS}
        allowDecimal={false}
        value={draft.code_length}
        onChange={(value) => change({ code_length: Number(value) || CODE_LENGTHS.min })}
      />
      {SWITCHES.map(([name, , label]) => (
        <Switch
          key={name}
          label={label}
          checked={draft[name]}
          onChange={(event) => change({ [name]: event.currentTarget.checked })}
        />
      ))}
    </Panel>
  );
}

function Totp({ draft, change }: DraftProps) {
  const { totp } = draft;
  return (
    <Panel title="Authenticator apps">
      <TextInput
        label="Issuer"
        description="The name above the code in the app"
        value={totp.issuer}
        onChange={(event) => change({ totp: { ...totp, issuer: event.currentTarget.value } })}
      />
      {TOTP_NUMBERS.map(([name, , label, min, max]) => (
        <NumberInput
          key={name}
          label={label}
          min={min}
          max={max}
          allowDecimal={false}
          value={totp[name]}
          onChange={(value) => change({ totp: { ...totp, [name]: Number(value) || min } })}
        />
      ))}
    </Panel>
  );
}

function paramsOf(service: VerifyService) {
  return {
    FriendlyName: service.friendly_name,
    CodeLength: service.code_length,
    ...Object.fromEntries(SWITCHES.map(([name, parameter]) => [parameter, service[name]])),
    "Totp.Issuer": service.totp.issuer,
    ...Object.fromEntries(TOTP_NUMBERS.map(([name, parameter]) => [parameter, service.totp[name]])),
  };
}
