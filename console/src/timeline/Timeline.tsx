import { Link } from "react-router";
import { Said } from "../parts/Said";
import { When } from "../parts/When";
import type { Moment } from "./moments";

export function Timeline({ moments }: { moments: Moment[] }) {
  return (
    <ol className="timeline" aria-label="Timeline">
      {moments.map((moment) => (
        <li key={moment.key} className={`moment ${moment.tone}`}>
          <div className="moment-head">
            <span className="moment-words">
              <span className="moment-title">{moment.title}</span>
              {moment.about && (
                <span className="dim moment-about">
                  {moment.to ? <Link to={moment.to}>{moment.about}</Link> : moment.about}
                </span>
              )}
            </span>
            <span className="moment-time">
              <When date={moment.at} exact />
            </span>
          </div>
          {moment.exchange && (
            <details>
              <summary>{moment.exchange.status ?? "no answer"}, with headers and bodies</summary>
              <Said exchange={moment.exchange} />
              <p className="moment-more">
                <Link to={`/webhooks/${moment.exchange.sid}`}>This exchange on its own page</Link>
              </p>
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}
