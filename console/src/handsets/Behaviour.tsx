// How a phone behaves: what becomes of the texts that apps send to it, and who answers when they call.

import { Button, Fieldset, Modal, NumberInput, Select, Switch, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "../api/request";
import { type Handset, handset } from "../api/resources";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { ANSWERS } from "./answering";

interface Props {
  address: string;
  behaviour: Handset;
  isOpen: boolean;
  close: () => void;
}

export function Behaviour({ address, behaviour, isOpen, close }: Props) {
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={`How ${address} behaves`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Form address={address} behaviour={behaviour} close={close} />
    </Modal>
  );
}

const LOSSES = [
  { value: "30003", label: "30003: unreachable" },
  { value: "30004", label: "30004: blocked" },
  { value: "30005", label: "30005: unknown" },
  { value: "30006", label: "30006: landline" },
  { value: "30007", label: "30007: filtered" },
  { value: "30008", label: "30008: unknown error" },
];

function Form({ address, behaviour, close }: Omit<Props, "isOpen">) {
  const client = useQueryClient();
  const path = handset(address);
  const [draft, setDraft] = useState(behaviour);
  const change = (part: Partial<Handset>) => setDraft((old) => ({ ...old, ...part }));
  const call = { method: "POST" as const, path, params: paramsOf(draft) };
  const known = (saved: Handset) => {
    client.setQueryData([path], saved);
    close();
  };
  const save = useMutation({ mutationFn: () => request<Handset>(call), onSuccess: known });
  const reset = useMutation({
    mutationFn: async () => {
      await request({ method: "DELETE", path });
      return request<Handset>({ method: "GET", path });
    },
    onSuccess: known,
  });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Switch
        label="Switched on"
        description="Off: texts wait until it is on again."
        checked={draft.power === "on"}
        onChange={(event) => change({ power: event.currentTarget.checked ? "on" : "off" })}
      />
      <Switch
        label="Loses every text"
        checked={draft.outcome === "undelivered"}
        onChange={(event) => change({ outcome: event.currentTarget.checked ? "undelivered" : "delivered" })}
      />
      {draft.outcome === "undelivered" && (
        <Select
          label="With the error"
          data={LOSSES}
          value={String(draft.error_code ?? 30003)}
          allowDeselect={false}
          onChange={(code) => change({ error_code: Number(code) })}
        />
      )}
      <NumberInput
        label="Delay"
        description="How late texts arrive."
        suffix=" s"
        min={0}
        max={604_800}
        value={draft.delay}
        onChange={(value) => change({ delay: Number(value) || 0 })}
      />
      <NumberInput
        label="Share of texts that are lost"
        suffix=" %"
        min={0}
        max={100}
        value={Math.round(draft.fault_rate * 100)}
        onChange={(value) => change({ fault_rate: (Number(value) || 0) / 100 })}
      />
      {draft.fault_rate > 0 && (
        <NumberInput
          label="Seed"
          description="The same texts are lost for the same seed."
          allowDecimal={false}
          value={draft.seed}
          onChange={(value) => change({ seed: Number(value) || 0 })}
        />
      )}
      <NumberInput
        label="Repeated reports"
        description="How many times too often each delivery report comes."
        min={0}
        max={10}
        allowDecimal={false}
        value={draft.repeated_reports}
        onChange={(value) => change({ repeated_reports: Number(value) || 0 })}
      />
      <Switch
        label="Reports come too early"
        description="Before the network has said that it took the text."
        checked={draft.early_reports}
        onChange={(event) => change({ early_reports: event.currentTarget.checked })}
      />
      <Answering draft={draft} change={change} />
      <ErrorNote error={save.error ?? reset.error} />
      <div className="row spread wrap">
        <div className="row">
          <Button type="submit" size="sm" loading={save.isPending}>
            Save
          </Button>
          <Button size="sm" variant="default" loading={reset.isPending} onClick={() => reset.mutate()}>
            Back to normal
          </Button>
        </div>
        <CopyAs call={call} />
      </div>
    </form>
  );
}

interface AnsweringProps {
  draft: Handset;
  change: (part: Partial<Handset>) => void;
}

const MACHINES_RING = 10; // seconds, unless something else is said
const ANSWERING = new Set<Handset["answers"]>(["at-once", "voicemail", "rejects"]);
const GREETING = new Set<Handset["answers"]>(["at-once", "voicemail", "by-hand"]);

function Answering({ draft, change }: AnsweringProps) {
  return (
    <Fieldset legend="When somebody calls">
      <div className="form">
        <Select
          label="This phone"
          data={ANSWERS}
          value={draft.answers}
          allowDeselect={false}
          onChange={(answers) =>
            change({
              answers: answers as Handset["answers"],
              answer_delay: answers === "voicemail" ? MACHINES_RING : 0,
            })
          }
        />
        {ANSWERING.has(draft.answers) && (
          <NumberInput
            label="It rings for"
            suffix=" s"
            min={0}
            max={3600}
            value={draft.answer_delay}
            onChange={(value) => change({ answer_delay: Number(value) || 0 })}
          />
        )}
        {GREETING.has(draft.answers) && (
          <Textarea
            label="Says first"
            placeholder={draft.answers === "voicemail" ? "Please leave a message after the tone." : "Nothing"}
            autosize
            minRows={1}
            maxRows={4}
            maxLength={4096}
            value={draft.greeting}
            onChange={(event) => change({ greeting: event.currentTarget.value })}
          />
        )}
      </div>
    </Fieldset>
  );
}

function paramsOf(draft: Handset) {
  return {
    Power: draft.power,
    Outcome: draft.outcome,
    ErrorCode: draft.outcome === "undelivered" ? (draft.error_code ?? 30003) : undefined,
    Delay: draft.delay,
    FaultRate: draft.fault_rate,
    Seed: draft.seed,
    RepeatedReports: draft.repeated_reports,
    EarlyReports: draft.early_reports,
    Answers: draft.answers,
    AnswerDelay: ANSWERING.has(draft.answers) ? draft.answer_delay : undefined,
    Greeting: draft.greeting,
  };
}
