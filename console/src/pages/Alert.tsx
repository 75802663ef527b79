// One alert: the error, what it means, and what was asked and answered.

import { useParams } from "react-router";
import { useOne } from "../api/queries";
import { type Alert as AlertShown, ALERTS } from "../api/resources";
import { About } from "../parts/About";
import { CopyAs } from "../parts/CopyAs";
import { ErrorCode, ErrorNote, Explained } from "../parts/ErrorNote";
import { Facts, Head, Panel } from "../parts/Layout";
import { Sid } from "../parts/Sid";
import { Status } from "../parts/Status";
import { When } from "../parts/When";

const BACK = { to: "/alerts", label: "Alerts" };

export default function AlertPage() {
  const { sid = "" } = useParams();
  const path = `${ALERTS}/${sid}`;
  const { data, error } = useOne<AlertShown>(path);
  if (error)
    return (
      <>
        <Head title="Alert" back={BACK} />
        <ErrorNote error={error} />
      </>
    );
  if (!data) return <Head title="Alert" back={BACK} />;
  return (
    <>
      <Head
        title={data.alert_text || `Error ${data.error_code}`}
        back={BACK}
        actions={<CopyAs call={{ method: "GET", path }} />}
      />
      <Panel>
        <Facts
          facts={[
            ["Error", <ErrorCode code={data.error_code} />],
            ["Level", <Status status={data.log_level} />],
            ["Time", <When date={data.date_created} />],
            ["About", <About sid={data.resource_sid} />],
            ["SID", <Sid sid={data.sid} />],
          ]}
        />
      </Panel>
      <Panel title="What it means">
        <Explained code={data.error_code} />
      </Panel>
      <Panel title="What was asked, and answered">
        {data.request_url && (
          <p>
            <span className="method">{data.request_method}</span> <code>{data.request_url}</code>
          </p>
        )}
        <Said label="Parameters" text={lines(data.request_variables)} />
        <Said label="Answer's headers" text={lines(data.response_headers)} />
        <Said label="Answer's body" text={data.response_body} />
      </Panel>
    </>
  );
}

/** A form, with a line for each field. */
function lines(form: string): string {
  return [...new URLSearchParams(form)].map(([name, value]) => `${name}: ${value}`).join("\n");
}

function Said({ label, text }: { label: string; text: string }) {
  if (!text) return null;
  return (
    <section className="side">
      <h3>{label}</h3>
      <pre className="code" tabIndex={0} aria-label={label}>
        {text}
      </pre>
    </section>
  );
}
