// One service of Verify: its verifications, its settings, and an authenticator app for somebody.

import { IconSend, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import { useOne } from "../api/queries";
import { request } from "../api/request";
import { type VerifyService as Told, verifyService } from "../api/verify";
import { ConfirmButton } from "../parts/ConfirmButton";
import { CopyAs } from "../parts/CopyAs";
import { Dialog } from "../parts/Dialog";
import { ErrorNote } from "../parts/ErrorNote";
import { Facts, Head, Panel } from "../parts/Layout";
import { Sid } from "../parts/Sid";
import { When } from "../parts/When";
import { Conversion } from "../verify/Conversion";
import { Enrolment } from "../verify/Enrolment";
import { ServiceSettings } from "../verify/ServiceSettings";
import { StartVerification } from "../verify/StartVerification";
import { VerificationList } from "../verify/VerificationList";

const BACK = { to: "/verify", label: "Verify" };

export default function VerifyService() {
  const { sid = "" } = useParams();
  const navigate = useNavigate();
  const path = verifyService(sid);
  const { data, error } = useOne<Told>(path);
  const remove = useMutation({
    mutationFn: () => request({ method: "DELETE", path }),
    onSuccess: () => navigate("/verify"),
  });
  if (error)
    return (
      <>
        <Head title="Service" back={BACK} />
        <ErrorNote error={error} />
      </>
    );
  if (!data) return <Head title="Service" back={BACK} />;
  return (
    <>
      <Head
        title={data.friendly_name}
        back={BACK}
        actions={
          <>
            <CopyAs call={{ method: "GET", path }} />
            <ConfirmButton
              label="Delete"
              question="Delete this service? The verifications under way end, and its authenticator apps count no more."
              icon={<IconTrash size={14} />}
              isBusy={remove.isPending}
              confirm={() => remove.mutate()}
            />
          </>
        }
      />
      <ErrorNote error={remove.error} />
      <Panel>
        <Facts
          facts={[
            ["SID", <Sid sid={data.sid} />],
            ["Made", <When date={data.date_created} />],
          ]}
        />
      </Panel>
      <VerificationList service={sid} title="Verifications" actions={<SendCode service={sid} />} />
      <Enrolment service={sid} />
      <ServiceSettings key={data.sid} service={data} />
      <Conversion service={sid} />
    </>
  );
}

function SendCode({ service }: { service: string }) {
  return (
    <Dialog label="Send a code" tone="first" icon={<IconSend size={15} />}>
      {(close) => <StartVerification service={service} done={close} />}
    </Dialog>
  );
}
