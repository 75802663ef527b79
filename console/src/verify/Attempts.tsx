// What was sent for a verification, and ending it without its code.

import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useList } from "../api/queries";
import { request } from "../api/request";
import { type Attempt, ATTEMPTS, type Verification, verification } from "../api/verify";
import { About } from "../parts/About";
import { CopyAs } from "../parts/CopyAs";
import { ErrorCode, ErrorNote } from "../parts/ErrorNote";
import { Facts } from "../parts/Layout";
import { type Column, Listing } from "../parts/Listing";
import { Sid } from "../parts/Sid";
import { Status } from "../parts/Status";
import { When } from "../parts/When";

const COLUMNS: Column<Attempt>[] = [
  { name: "Time", show: ({ date_created }) => <When date={date_created} />, kind: "narrow" },
  { name: "Channel", show: ({ channel }) => channel },
  { name: "Status", show: ({ channel_data }) => <Delivery data={channel_data} /> },
  {
    name: "Came back",
    show: ({ conversion_status }) => <Status status={conversion_status} />,
    kind: "right",
  },
];

export function Attempts({ verification: one }: { verification: Verification }) {
  const params = { VerificationSid: one.sid };
  const query = useList<Attempt>(ATTEMPTS, "attempts", params, { live: ["verification."] });
  return (
    <div className="stack">
      <Facts
        facts={[
          ["Status", <Status status={one.status} />],
          ["Wrong codes", `${one.wrong_checks}, and ${one.checks_left} more may be tried`],
          ["Expires", <When date={one.expires} />],
          ["Service", <About sid={one.service_sid} />],
          ["SID", <Sid sid={one.sid} />],
        ]}
      />
      <Listing
        label="Attempts"
        query={query}
        columns={COLUMNS}
        id={({ sid }) => sid}
        empty={<p>Nothing was sent.</p>}
      />
      <div className="row spread wrap">
        <CopyAs call={{ method: "GET", path: ATTEMPTS, params }} />
        {one.status === "pending" && <Ending verification={one} />}
      </div>
    </div>
  );
}

function Delivery({ data }: { data: Attempt["channel_data"] }) {
  return (
    <span className="row tight wrap">
      <Status status={data.message_status ?? data.call_status ?? ""} />
      {data.error_code !== null && (
        <>
          &nbsp;
          <ErrorCode code={data.error_code} />
        </>
      )}
      {data.call_sid && (
        <>
          &nbsp;
          <About sid={data.call_sid} />
        </>
      )}
    </span>
  );
}

function Ending({ verification: { service_sid, sid } }: { verification: Verification }) {
  const end = useMutation({
    mutationFn: (Status: "approved" | "canceled") =>
      request({ method: "POST", path: verification(service_sid, sid), params: { Status } }),
  });
  return (
    <div className="row wrap">
      <ErrorNote error={end.error} />
      <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate("canceled")}>
        Cancel it
      </Button>
      <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate("approved")}>
        Approve it
      </Button>
    </div>
  );
}
