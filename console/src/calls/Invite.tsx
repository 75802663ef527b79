// Calling somebody into a conference.

import { Autocomplete, Button, Modal, TextInput } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useAccount } from "../api/account";
import { useList } from "../api/queries";
import { request } from "../api/request";
import { api, type PhoneNumber } from "../api/resources";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";

export function Invite({ conference }: { conference: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconUserPlus size={15} />} onClick={() => setOpen(true)}>
        Call somebody in
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title="Call somebody in"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Form conference={conference} close={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function Form({ conference, close }: { conference: string; close: () => void }) {
  const account = useAccount();
  const numbers = useList<PhoneNumber>(api(account, "/IncomingPhoneNumbers"), "incoming_phone_numbers");
  const [To, setTo] = useState("");
  const [From, setFrom] = useState("");
  const call = {
    method: "POST" as const,
    path: api(account, `/Conferences/${conference}/Participants`),
    params: { To, From },
  };
  const add = useMutation({ mutationFn: () => request(call), onSuccess: close });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <TextInput
        label="To"
        placeholder="+19732644152"
        value={To}
        onChange={(event) => setTo(event.currentTarget.value)}
        data-autofocus
      />
      <Autocomplete
        label="From"
        description="One of the account's numbers"
        data={numbers.data?.items.map(({ phone_number }) => phone_number) ?? []}
        value={From}
        onChange={setFrom}
      />
      <ErrorNote error={add.error} />
      <div className="row spread">
        <CopyAs call={call} />
        <Button type="submit" size="sm" loading={add.isPending}>
          Call
        </Button>
      </div>
    </form>
  );
}
