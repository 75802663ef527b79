// Sending a code, as `client.verify.v2.services(sid).verifications.create` does.

import { Button, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "../api/request";
import { verifyService } from "../api/verify";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { addressTyped } from "../parts/phoneNumbers";

const CHANNELS = ["sms", "call", "email", "auto"];

export function StartVerification({ service, done }: { service: string; done: () => void }) {
  const [typed, setTyped] = useState("");
  const [Channel, setChannel] = useState("sms");
  const To = typed.includes("@") ? typed.trim() : addressTyped(typed);
  const call = { method: "POST" as const, path: `${verifyService(service)}/Verifications`, params: { To, Channel } };
  const start = useMutation({ mutationFn: () => request(call), onSuccess: done });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <TextInput
        label="To"
        description="A phone number, or an email address"
        value={typed}
        spellCheck={false}
        autoCapitalize="off"
        onChange={(event) => {
          const now = event.currentTarget.value;
          setTyped(now);
          if (now.includes("@") !== typed.includes("@")) setChannel(now.includes("@") ? "email" : "sms");
        }}
        data-autofocus
      />
      <Select
        label="Channel"
        data={CHANNELS}
        value={Channel}
        allowDeselect={false}
        onChange={(chosen) => setChannel(chosen ?? "sms")}
      />
      <ErrorNote error={start.error} />
      <div className="row spread">
        <CopyAs call={call} />
        <Button type="submit" loading={start.isPending} disabled={!To}>
          Send the code
        </Button>
      </div>
    </form>
  );
}
