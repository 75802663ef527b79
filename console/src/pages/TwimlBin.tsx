// One TwiML bin: its document, and the URL to give to a number.

import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import { useOne } from "../api/queries";
import { request } from "../api/request";
import { TWIML_BINS, type TwimlBin as Kept } from "../api/voice";
import { BinForm } from "../calls/BinForm";
import { ConfirmButton } from "../parts/ConfirmButton";
import { CopyAs } from "../parts/CopyAs";
import { CopyButton } from "../parts/CopyButton";
import { ErrorNote } from "../parts/ErrorNote";
import { Facts, Head, Panel } from "../parts/Layout";
import { Sid } from "../parts/Sid";
import { When } from "../parts/When";

const BACK = { to: "/twiml-bins", label: "TwiML bins" };

export default function TwimlBin() {
  const { sid = "" } = useParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const path = `${TWIML_BINS}/${sid}`;
  const { data, error } = useOne<Kept>(path);
  const remove = useMutation({
    mutationFn: () => request({ method: "DELETE", path }),
    onSuccess: () => navigate("/twiml-bins"),
  });
  if (error)
    return (
      <>
        <Head title="TwiML bin" back={BACK} />
        <ErrorNote error={error} />
      </>
    );
  if (!data) return <Head title="TwiML bin" back={BACK} />;
  return (
    <>
      <Head
        title={data.friendly_name || "TwiML bin"}
        back={BACK}
        actions={
          <>
            <CopyAs call={{ method: "GET", path }} />
            <ConfirmButton
              label="Delete"
              question="Delete this bin? Numbers that have its URL get no document any more."
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
            [
              "URL",
              <span className="sid">
                <code>{data.document_url}</code>
                <CopyButton text={data.document_url} label="Copy the URL" />
              </span>,
            ],
            ["Made", <When date={data.date_created} />],
            ["SID", <Sid sid={data.sid} />],
          ]}
        />
      </Panel>
      <Panel title="Document">
        <BinForm
          key={data.sid}
          path={path}
          label="Save"
          bin={data}
          done={(saved) => client.setQueryData([path], saved)}
        />
      </Panel>
    </>
  );
}
