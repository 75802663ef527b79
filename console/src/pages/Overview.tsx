// What goes on, what went wrong, and what to do first.

import { Button, Loader, SegmentedControl } from "@mantine/core";
import { IconCircle, IconCircleCheckFilled } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Link } from "react-router";
import { useAccount, useActing } from "../api/account";
import { useList, useOne } from "../api/queries";
import { type Alert, ALERTS, api, FOUND_MESSAGES, type Message, type PhoneNumber, TRAFFIC, type Traffic } from "../api/resources";
import { CopyButton } from "../parts/CopyButton";
import { ErrorCode } from "../parts/ErrorNote";
import { Head, Panel } from "../parts/Layout";
import { When } from "../parts/When";
import { type Interval, intervals, total } from "../traffic/counting";
import { useSession } from "../api/session";

const Chart = lazy(() => import("../traffic/Chart"));
const REST = 3000; // milliseconds between two readings
const EVERY = 20_000; // milliseconds after which the chart has moved on although nothing happened
const PERIODS = {
  minute: { name: "Hour", title: "The last hour", label: "Messages by the minute, over the last hour" },
  hour: { name: "Day", title: "The last day", label: "Messages by the hour, over the last day" },
} as const;
type Period = keyof typeof PERIODS;

export default function Overview() {
  const account = useAccount();
  const { origin } = useSession();
  const hasReceived = useHas(account, "inbound");
  const hasSent = useHas(account, "outbound-api");
  const numbers = useList<PhoneNumber>(
    api(account, "/IncomingPhoneNumbers"),
    "incoming_phone_numbers",
    { PageSize: 1000 },
    { live: ["phone-number."] },
  );
  return (
    <>
      <Head
        title="Overview"
        about={
          <span className="sid">
            A phone network at <code>{origin}</code> <CopyButton text={origin} label="Copy the address" />
          </span>
        }
      />
      <div className="columns uneven">
        <TrafficPanel account={account} />
        <FirstSteps hasReceived={hasReceived} hasSent={hasSent} numbers={numbers.data?.items} />
      </div>
      <RecentErrors />
    </>
  );
}

/** Whether there is a message of that direction; where too many others came since to tell, it is taken to be there. */
function useHas(account: string, Direction: string): boolean {
  const params = { AccountSid: account, Direction, PageSize: 1 };
  const { data } = useList<Message>(FOUND_MESSAGES, "messages", params, { live: ["message.created"], rest: REST });
  return !!data && (data.items.length > 0 || data.next !== null);
}

function TrafficPanel({ account }: { account: string }) {
  const [period, setPeriod] = useState<Period>("minute");
  const { title, label } = PERIODS[period];
  const query = new URLSearchParams({ Interval: period, AccountSid: account });
  const { data } = useOne<Traffic>(`${TRAFFIC}?${query}`, {
    live: ["message.created", "message.updated", "clock."],
    rest: REST,
    every: EVERY,
  });
  const counts = intervals(data);
  return (
    <Panel
      title={title}
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label="Period"
            data={Object.entries(PERIODS).map(([value, { name }]) => ({ value, label: name }))}
            value={period}
            onChange={(chosen) => setPeriod(chosen as Period)}
          />
          <Link to="/messages">All messages</Link>
        </>
      }
    >
      <Figures counts={counts} />
      <Suspense
        fallback={
          <div className="chart-space loading">
            <Loader size="sm" aria-label="Loading the chart" />
          </div>
        }
      >
        <Chart counts={counts} label={label} />
      </Suspense>
    </Panel>
  );
}

function Figures({ counts }: { counts: Interval[] }) {
  return (
    <div className="figures">
      {(
        [
          ["sent", "sent"],
          ["received", "received"],
          ["failed", "not delivered"],
        ] as const
      ).map(([kind, words]) => (
        <div key={kind}>
          <div className="figure-value">{total(counts, kind)}</div>
          <div className="figure-name">{words}</div>
        </div>
      ))}
    </div>
  );
}

interface FirstStepsProps {
  hasReceived: boolean;
  hasSent: boolean;
  numbers: PhoneNumber[] | undefined;
}

function FirstSteps({ hasReceived, hasSent, numbers }: FirstStepsProps) {
  const first = numbers?.at(-1);
  const answering = numbers?.find(({ sms_url, sms_application_sid }) => sms_url || sms_application_sid);
  const page = answering ?? first;
  if (answering && hasReceived && hasSent) return <NextSteps />;
  return (
    <Panel title="What to do first">
      <ol className="steps">
        <Step
          title="Buy a phone number"
          isDone={!!numbers?.length}
          action={
            <Button component={Link} to="/numbers/buy" size="compact-sm" variant="light">
              Choose one
            </Button>
          }
        >
          It costs nothing here.
        </Step>
        <Step
          title="Say which URL answers"
          isDone={!!answering}
          action={
            <Button component={Link} to={page ? `/numbers/${page.sid}` : "/numbers"} size="compact-sm" variant="light">
              Set the webhook
            </Button>
          }
        >
          On the number's page, under “A message comes in”.
        </Step>
        <Step
          title="Text it from a handset"
          isDone={hasReceived}
          action={
            <Button component={Link} to="/handsets" size="compact-sm" variant="light">
              Open a phone
            </Button>
          }
        >
          Be the person with the phone, and watch the app answer.
        </Step>
        <Step
          title="Run your app, untouched"
          isDone={hasSent}
          action={
            <span className="sid">
              <code>offhook run -- python app.py</code>
              <CopyButton text="offhook run -- python app.py" label="Copy the command" />
            </span>
          }
        >
          Twilio's library in it talks to this Offhook.
        </Step>
      </ol>
    </Panel>
  );
}

/** For whoever has done all of that. */
function NextSteps() {
  return (
    <Panel title="What to do next">
      <ul className="steps">
        {NEXT.map(([to, title, about]) => (
          <li key={title}>
            <Link to={to} className="step-title">
              {title}
            </Link>
            <div className="hint">{about}</div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const NEXT: [to: string, title: string, about: string][] = [
  ["/handsets", "Switch a phone off", "Or let it lose texts, and see what your app makes of it."],
  ["/webhooks?Failed=true", "Look at what failed", "Mend the app, then send the same request again."],
  ["/reference", "Try the API", "Every operation, with your own credentials."],
  ["/subaccounts", "Make a subaccount", "One for each customer, as with Twilio."],
];

function Step({
  title,
  isDone,
  action,
  children,
}: {
  title: string;
  isDone: boolean;
  action: ReactNode;
  children: ReactNode;
}) {
  return (
    <li className={isDone ? "step done" : "step"}>
      <span className="step-mark" role="img" aria-label={isDone ? "Done" : "To do"}>
        {isDone ? <IconCircleCheckFilled size={18} /> : <IconCircle size={18} />}
      </span>
      <div>
        <div className="step-title">{title}</div>
        {!isDone && (
          <div className="stack close">
            <span className="hint">{children}</span>
            <span>{action}</span>
          </div>
        )}
      </div>
    </li>
  );
}

function RecentErrors() {
  const { account, isOwn } = useActing();
  const whose = isOwn ? {} : { AccountSid: account };
  const { data } = useList<Alert>(ALERTS, "alerts", { PageSize: 5, ...whose }, { live: ["alert."] });
  if (!data) return null;
  return (
    <Panel title="Recent errors" actions={<Link to="/alerts">All alerts</Link>}>
      {data.items.length === 0 && (
        <p className="hint">Nothing has gone wrong: your app has answered everything that it was asked.</p>
      )}
      {data.items.length > 0 && (
        <ul className="errors">
          {data.items.map(({ sid, error_code, alert_text, date_created }) => (
            <li key={sid}>
              <ErrorCode code={error_code} />
              <Link to={`/alerts/${sid}`} className="error-text">
                {alert_text}
              </Link>
              <span className="dim">
                <When date={date_created} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
