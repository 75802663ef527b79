// A call of the account, from one of its numbers: what client.calls.create does.

import { Autocomplete, Button, Modal, Switch, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useAccount } from "../api/account";
import { useList } from "../api/queries";
import { request } from "../api/request";
import { api, type PhoneNumber } from "../api/resources";
import type { Call } from "../api/voice";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { urlProblem } from "../parts/validation";
import { GREETING, Instructions, isOrdered, ordered } from "./Instructions";

export function MakeCall({ isOpen, close }: { isOpen: boolean; close: () => void }) {
  return (
    <Modal opened={isOpen} onClose={close} title="Make a call" closeButtonProps={{ "aria-label": "Close" }}>
      <Form close={close} />
    </Modal>
  );
}

const NOTHING = { To: "", From: "", SendDigits: "", StatusCallback: "" };

function Form({ close }: { close: () => void }) {
  const account = useAccount();
  const numbers = useList<PhoneNumber>(api(account, "/IncomingPhoneNumbers"), "incoming_phone_numbers");
  const [given, setGiven] = useState(NOTHING);
  const [orders, setOrders] = useState(GREETING);
  const [isRecorded, setRecorded] = useState(false);
  const [isDetected, setDetected] = useState(false);
  const navigate = useNavigate();
  const set = (name: keyof typeof given) => (value: string) => setGiven((old) => ({ ...old, [name]: value }));
  const call = {
    method: "POST" as const,
    path: api(account, "/Calls"),
    params: {
      To: given.To,
      From: given.From,
      ...ordered(orders),
      SendDigits: given.SendDigits || undefined,
      StatusCallback: given.StatusCallback || undefined,
      Record: isRecorded || undefined,
      MachineDetection: isDetected ? "Enable" : undefined,
    },
  };
  const make = useMutation({
    mutationFn: () => request<Call>(call),
    onSuccess: ({ sid }) => {
      close();
      void navigate(`/calls/${sid}`);
    },
  });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <TextInput
        label="To"
        placeholder="+19732644152"
        value={given.To}
        onChange={(event) => set("To")(event.currentTarget.value)}
        data-autofocus
      />
      <Autocomplete
        label="From"
        description="One of the account's numbers"
        data={numbers.data?.items.map(({ phone_number }) => phone_number) ?? []}
        value={given.From}
        onChange={set("From")}
      />
      <Instructions orders={orders} change={setOrders} />
      <details>
        <summary>More</summary>
        <div className="form folded">
          <Switch
            label="Record it"
            checked={isRecorded}
            onChange={(event) => setRecorded(event.currentTarget.checked)}
          />
          <Switch
            label="Find out whether a machine answers"
            checked={isDetected}
            onChange={(event) => setDetected(event.currentTarget.checked)}
          />
          <TextInput
            label="Keys to press when it is answered"
            value={given.SendDigits}
            onChange={(event) => set("SendDigits")(event.currentTarget.value)}
          />
          <TextInput
            label="Status callback"
            placeholder="https://…"
            value={given.StatusCallback}
            error={urlProblem(given.StatusCallback)}
            onChange={(event) => set("StatusCallback")(event.currentTarget.value)}
          />
        </div>
      </details>
      <ErrorNote error={make.error} />
      <div className="row spread">
        <CopyAs call={call} />
        <Button type="submit" size="sm" loading={make.isPending} disabled={!isOrdered(orders)}>
          Call
        </Button>
      </div>
    </form>
  );
}
