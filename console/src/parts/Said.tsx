// What was said in one exchange: both sides with headers and bodies. Everything is shown as text.

import { duration } from "./dates";
import { Explained } from "./ErrorNote";
import { CopyButton } from "./CopyButton";
import type { Exchange, Headers } from "../api/resources";
import { HttpStatus } from "./Status";

export function Said({ exchange }: { exchange: Exchange }) {
  return (
    <div className="said">
      <Side
        title="Request"
        line={`${exchange.method} ${exchange.url}`}
        headers={exchange.request_headers}
        body={exchange.request_body}
      />
      {exchange.error && (
        <p className="bad-text" role="note">
          {exchange.error}
        </p>
      )}
      <Side
        title="Answer"
        line={<HttpStatus status={exchange.status} />}
        after={duration(exchange.duration)}
        headers={exchange.response_headers}
        body={exchange.response_body}
      />
      {exchange.notes.map((note) => (
        <p key={note} className="hint">
          {note}
        </p>
      ))}
      {exchange.error_code !== null && <Explained code={exchange.error_code} />}
    </div>
  );
}

interface SideProps {
  title: string;
  line: React.ReactNode;
  after?: string;
  headers: Headers;
  body: string;
}

function Side({ title, line, after, headers, body }: SideProps) {
  const text = laidOut(body, headers);
  return (
    <section className="side">
      <h3>{title}</h3>
      <p className="side-line">
        <code>{line}</code>
        {after && <span className="dim"> {after}</span>}
      </p>
      {headers.length > 0 && (
        <details>
          <summary>{headers.length} headers</summary>
          <dl className="headers">
            {headers.map(([name, value], place) => (
              <div key={`${place} ${name}`}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      {text ? <Body text={text} title={title} /> : <p className="dim">No body</p>}
    </section>
  );
}

function Body({ text, title }: { text: string; title: string }) {
  return (
    <div className="body">
      <pre className="code" tabIndex={0} aria-label={`${title} body`}>
        {text}
      </pre>
      <CopyButton text={text} label={`Copy ${title.toLowerCase()} body`} />
    </div>
  );
}

/** JSON indented, a form with a line for each field, everything else as it is. */
export function laidOut(body: string, headers: Headers): string {
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  if (type.includes("x-www-form-urlencoded")) {
    return [...new URLSearchParams(body)].map(([name, value]) => `${name}: ${value}`).join("\n");
  }
  if (!type.includes("json")) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
