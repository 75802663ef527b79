// A message of the account, from one of its numbers: what client.messages.create does.

import { Autocomplete, Button, Modal, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useAccount } from "../api/account";
import { useList } from "../api/queries";
import { request } from "../api/request";
import { api, type Message, type PhoneNumber } from "../api/resources";
import { CopyAs } from "./CopyAs";
import { ErrorNote } from "./ErrorNote";

export function SendMessage({ isOpen, close }: { isOpen: boolean; close: () => void }) {
  return (
    <Modal opened={isOpen} onClose={close} title="Send a message" closeButtonProps={{ "aria-label": "Close" }}>
      <Form close={close} />
    </Modal>
  );
}

function Form({ close }: { close: () => void }) {
  const account = useAccount();
  const numbers = useList<PhoneNumber>(api(account, "/IncomingPhoneNumbers"), "incoming_phone_numbers");
  const [given, setGiven] = useState({ To: "", From: "", Body: "", MediaUrl: "" });
  const navigate = useNavigate();
  const call = {
    method: "POST" as const,
    path: api(account, "/Messages"),
    params: { ...given, MediaUrl: given.MediaUrl || undefined },
  };
  const send = useMutation({
    mutationFn: () => request<Message>(call),
    onSuccess: ({ sid }) => {
      close();
      void navigate(`/messages/${sid}`);
    },
  });
  const set = (name: keyof typeof given) => (value: string) => setGiven((old) => ({ ...old, [name]: value }));
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
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
      <Textarea
        label="Body"
        autosize
        minRows={3}
        value={given.Body}
        onChange={(event) => set("Body")(event.currentTarget.value)}
      />
      <TextInput
        label="Media URL"
        placeholder="https://… (may stay empty)"
        value={given.MediaUrl}
        onChange={(event) => set("MediaUrl")(event.currentTarget.value)}
      />
      <ErrorNote error={send.error} />
      <div className="row spread">
        <CopyAs call={call} />
        <Button type="submit" size="sm" loading={send.isPending}>
          Send
        </Button>
      </div>
    </form>
  );
}
