// The accounts below this one: make them, suspend them, look at things as one of them.

import { Button, Modal, TextInput } from "@mantine/core";
import { IconPlus, IconUsers } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useActing } from "../api/account";
import { atSpot } from "../api/pages";
import { useList } from "../api/queries";
import { request } from "../api/request";
import { type Account, api } from "../api/resources";
import { useSession } from "../api/session";
import { useFilters } from "../filters/useFilters";
import { ConfirmButton } from "../parts/ConfirmButton";
import { CopyAs } from "../parts/CopyAs";
import { CopyButton } from "../parts/CopyButton";
import { ErrorNote } from "../parts/ErrorNote";
import { Empty, Head, Panel } from "../parts/Layout";
import { type Column, Listing } from "../parts/Listing";
import { Sid } from "../parts/Sid";
import { Status } from "../parts/Status";
import { When } from "../parts/When";

const PATH = "/2010-04-01/Accounts.json";

export default function Subaccounts() {
  const { spot, turnTo } = useFilters();
  const query = useList<Account>(PATH, "accounts", atSpot(spot), { live: ["account."] });
  const own = useSession().account_sid;
  const { account, actAs } = useActing();
  const [isMaking, setMaking] = useState(false);
  const change = useMutation({
    mutationFn: ({ sid, Status }: { sid: string; Status: string }) =>
      request<Account>({ method: "POST", path: api(sid), params: { Status } }),
    onSuccess: () => query.refetch(),
  });
  const columns = columnsFor(own, account, actAs, (sid, status) => change.mutate({ sid, Status: status }));
  const make = (
    <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setMaking(true)}>
      New subaccount
    </Button>
  );
  return (
    <>
      <Head
        title="Subaccounts"
        about="Each has numbers, messages, keys and a token of its own. The first account may act on all of them."
        actions={
          <>
            <CopyAs call={{ method: "GET", path: PATH }} />
            {make}
          </>
        }
      />
      <Modal
        opened={isMaking}
        onClose={() => setMaking(false)}
        title="New subaccount"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Form
          done={() => {
            setMaking(false);
            void query.refetch();
          }}
        />
      </Modal>
      <ErrorNote error={change.error} />
      <Panel flush>
        <Listing
          label="Accounts"
          query={query}
          columns={columns}
          id={({ sid }) => sid}
          turnTo={turnTo}
          empty={<Empty icon={<IconUsers size={32} />} title="No accounts" />}
        />
      </Panel>
    </>
  );
}

function columnsFor(
  own: string,
  acting: string,
  actAs: (sid: string) => void,
  change: (sid: string, status: string) => void,
): Column<Account>[] {
  return [
    {
      name: "Name",
      show: ({ friendly_name, sid }) => (
        <>
          {friendly_name || "–"}
          {sid === own && <span className="tag"> first account</span>}
        </>
      ),
      kind: "wide",
    },
    { name: "Status", show: ({ status }) => <Status status={status} /> },
    { name: "SID", show: ({ sid }) => <Sid sid={sid} />, kind: "narrow" },
    {
      name: "Token",
      show: ({ auth_token }) => (
        <span className="row tight">
          <code aria-label="hidden">••••••••</code>
          <CopyButton text={auth_token} label="Copy auth token" />
        </span>
      ),
      kind: "narrow",
    },
    { name: "Made", show: ({ date_created }) => <When date={date_created} />, kind: "narrow" },
    {
      name: "Actions",
      kind: "right",
      show: ({ sid, status, friendly_name }) => (
        <span className="row tight end">
          {sid !== acting && status === "active" && (
            <Button
              size="compact-sm"
              variant="light"
              onClick={() => actAs(sid)}
              aria-label={`Look at it: ${friendly_name || sid}`}
            >
              Look at it
            </Button>
          )}
          {sid !== own && status === "active" && (
            <Button size="compact-sm" variant="subtle" onClick={() => change(sid, "suspended")}>
              Suspend
            </Button>
          )}
          {status === "suspended" && (
            <Button size="compact-sm" variant="subtle" onClick={() => change(sid, "active")}>
              Make active
            </Button>
          )}
          {sid !== own && status !== "closed" && (
            <ConfirmButton
              label="Close"
              question={`Close ${friendly_name || sid} for good? It cannot be opened again; its records can still be read.`}
              confirm={() => change(sid, "closed")}
            />
          )}
        </span>
      ),
    },
  ];
}

function Form({ done }: { done: () => void }) {
  const [FriendlyName, setName] = useState("");
  const call = { method: "POST" as const, path: PATH, params: { FriendlyName } };
  const make = useMutation({ mutationFn: () => request<Account>(call), onSuccess: done });
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
