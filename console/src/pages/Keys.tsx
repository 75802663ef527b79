// API keys. A secret is shown once, when its key is made, and is kept nowhere but on the screen.

import { Alert, Button, Modal, TextInput } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useAccount } from "../api/account";
import { atSpot } from "../api/pages";
import { useList } from "../api/queries";
import { request } from "../api/request";
import { api, type Key, type NewKey } from "../api/resources";
import { useFilters } from "../filters/useFilters";
import { ConfirmButton } from "../parts/ConfirmButton";
import { CopyAs } from "../parts/CopyAs";
import { CopyButton } from "../parts/CopyButton";
import { ErrorNote } from "../parts/ErrorNote";
import { Empty, Facts, Head, Panel } from "../parts/Layout";
import { type Column, Listing } from "../parts/Listing";
import { Sid } from "../parts/Sid";
import { When } from "../parts/When";

export default function Keys() {
  const account = useAccount();
  const path = api(account, "/Keys");
  const { spot, turnTo } = useFilters();
  const query = useList<Key>(path, "keys", atSpot(spot), { live: ["key."] });
  const [isMaking, setMaking] = useState(false);
  const revoke = useMutation({
    mutationFn: (sid: string) => request({ method: "DELETE", path: api(account, `/Keys/${sid}`) }),
    onSuccess: () => query.refetch(),
  });
  const make = (
    <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setMaking(true)}>
      New key
    </Button>
  );
  const close = () => {
    setMaking(false);
    void query.refetch();
  };
  return (
    <>
      <Head
        title="API keys"
        about="A key and its secret stand in for the account's SID and token, and can be revoked by themselves."
        actions={
          <>
            <CopyAs call={{ method: "GET", path }} />
            {make}
          </>
        }
      />
      <Modal
        opened={isMaking}
        onClose={close}
        title="New key"
        closeOnClickOutside={false}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Make path={path} close={close} />
      </Modal>
      <ErrorNote error={revoke.error} />
      <Panel flush>
        <Listing
          label="API keys"
          query={query}
          columns={columnsFor((sid) => revoke.mutate(sid))}
          id={({ sid }) => sid}
          turnTo={turnTo}
          empty={
            <Empty icon={<IconKey size={32} />} title="No keys yet" action={make}>
              The account's SID and token work without any.
            </Empty>
          }
        />
      </Panel>
    </>
  );
}

function columnsFor(revoke: (sid: string) => void): Column<Key>[] {
  return [
    { name: "Name", show: ({ friendly_name }) => friendly_name || <span className="dim">no name</span>, kind: "wide" },
    { name: "SID", show: ({ sid }) => <Sid sid={sid} />, kind: "narrow" },
    { name: "Made", show: ({ date_created }) => <When date={date_created} /> },
    {
      name: "Actions",
      kind: "right",
      show: ({ sid, friendly_name }) => (
        <ConfirmButton
          label="Revoke"
          question={`Revoke ${friendly_name || sid}? Whoever uses it is refused from now on.`}
          confirm={() => revoke(sid)}
        />
      ),
    },
  ];
}

function Make({ path, close }: { path: string; close: () => void }) {
  const [FriendlyName, setName] = useState("");
  const call = { method: "POST" as const, path, params: { FriendlyName } };
  const make = useMutation({ mutationFn: () => request<NewKey>(call), gcTime: 0 });
  if (make.data) return <Made made={make.data} close={close} />;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <TextInput
        label="Name"
        description="To tell it from others"
        value={FriendlyName}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <ErrorNote error={make.error} />
      <div className="row spread">
        <CopyAs call={call} />
        <Button type="submit" loading={make.isPending}>
          Make it
        </Button>
      </div>
    </form>
  );
}

function Made({ made, close }: { made: NewKey; close: () => void }) {
  return (
    <div className="stack">
      <Alert color="yellow" variant="light" title="Copy the secret now">
        It is not shown again.
      </Alert>
      <Facts
        facts={[
          ["SID", <Sid sid={made.sid} />],
          [
            "Secret",
            <span className="sid">
              <code aria-label="Secret">{made.secret}</code>
              <CopyButton text={made.secret} label="Copy secret" />
            </span>,
          ],
        ]}
      />
      <Button onClick={close}>I have it</Button>
    </div>
  );
}
