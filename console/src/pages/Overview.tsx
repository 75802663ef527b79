// What goes on, what went wrong, and what to do first.

import { Button, Loader } from "@mantine/core";
import { IconCircle, IconCircleCheckFilled } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense } from "react";
import { Link } from "react-router";
import { useAccount, useActing } from "../api/account";
import { useList, useOne } from "../api/queries";
import { type Alert, ALERTS, api, CLOCK, type Clock, type Message, type PhoneNumber } from "../api/resources";
import { CopyButton } from "../parts/CopyButton";
import { ErrorCode } from "../parts/ErrorNote";
import { Head, Panel } from "../parts/Layout";
import { When } from "../parts/When";
import { byMinute, MINUTES, type Minute, total } from "../traffic/counting";
import { useSession } from "../api/session";
import { OwnAlertsOnly } from "../parts/OwnAlertsOnly";
import { useNow } from "../traffic/useNow";

const Chart = lazy(() => import("../traffic/Chart"));
const MOST = 1000; // messages that the chart is made of
const REST = 3000; // milliseconds between two readings of them

export default function Overview() {
  const account = useAccount();
  const { clock, origin } = useSession();
  const messages = useList<Message>(
    api(account, "/Messages"),
    "messages",
    { PageSize: MOST },
    { live: ["message.created", "message.updated"], rest: REST },
  );
  const numbers = useList<PhoneNumber>(
    api(account, "/IncomingPhoneNumbers"),
    "incoming_phone_numbers",
    { PageSize: 1000 },
    { live: ["phone-number."] },
  );
  const time = useOne<Clock>(CLOCK, { live: ["clock."], enabled: clock === "virtual" });
  const machine = useNow();
  const now = time.data ? time.data.now * 1000 : Math.max(machine, messages.dataUpdatedAt);
  const minutes = byMinute(messages.data?.items ?? [], now);
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
        <Panel title="The last hour" actions={<Link to="/messages">All messages</Link>}>
          <Figures minutes={minutes} />
          <Suspense
            fallback={
              <div className="chart-space loading">
                <Loader size="sm" aria-label="Loading the chart" />
              </div>
            }
          >
            <Chart minutes={minutes} />
          </Suspense>
          {isCut(messages.data?.items, now) && <p className="hint">Made of the newest {MOST} messages.</p>}
        </Panel>
        <FirstSteps messages={messages.data?.items} numbers={numbers.data?.items} />
      </div>
      <RecentErrors />
    </>
  );
}

/** Whether the hour began before the oldest message that was read. */
function isCut(messages: Message[] | undefined, now: number): boolean {
  const oldest = messages?.[MOST - 1]?.date_created;
  return !!oldest && new Date(oldest).getTime() > now - MINUTES * 60_000;
}

function Figures({ minutes }: { minutes: Minute[] }) {
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
          <div className="figure-value">{total(minutes, kind)}</div>
          <div className="figure-name">{words}</div>
        </div>
      ))}
    </div>
  );
}

function FirstSteps({ messages, numbers }: { messages: Message[] | undefined; numbers: PhoneNumber[] | undefined }) {
  const first = numbers?.at(-1);
  const answering = numbers?.find(({ sms_url, sms_application_sid }) => sms_url || sms_application_sid);
  const page = answering ?? first;
  const hasReceived = !!messages?.some(({ direction }) => direction === "inbound");
  const hasSent = !!messages?.some(({ direction }) => direction === "outbound-api");
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
  const { isOwn } = useActing();
  const { data } = useList<Alert>(ALERTS, "alerts", { PageSize: 5 }, { live: ["alert."] });
  if (!data) return null;
  return (
    <Panel title="Recent errors" actions={<Link to="/alerts">All alerts</Link>}>
      {!isOwn && <OwnAlertsOnly />}
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
