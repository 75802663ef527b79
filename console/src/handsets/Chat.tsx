// The bubbles. Only the latest ones are drawn until somebody asks for more, so a long history costs nothing.

import { Button } from "@mantine/core";
import { IconFile } from "@tabler/icons-react";
import { type UIEvent, useCallback, useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import type { HandsetMedia, HandsetText } from "../api/resources";
import { spaced } from "../parts/phoneNumbers";
import { When } from "../parts/When";

const MOST = 100;

interface Props {
  texts: HandsetText[];
  readOlder: (() => void) | undefined;
  address: string;
  other: string;
  isLoading: boolean;
}

export function Chat({ texts, readOlder, address, other, isLoading }: Props) {
  const [most, setMost] = useState(MOST);
  const { screen, follow, onScroll, toEnd } = useEnd();
  useEffect(toEnd, [toEnd, other]);
  useEffect(follow, [follow, texts.length]);
  const hidden = Math.max(0, texts.length - most);
  return (
    <div
      className="chat"
      ref={screen}
      onScroll={onScroll}
      onLoadCapture={follow}
      tabIndex={0}
      role="log"
      aria-label={`Conversation of ${address} with ${other || "nobody"}`}
    >
      {hidden > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={() => setMost(most + MOST)}>
          {hidden} earlier ones
        </Button>
      )}
      {hidden === 0 && readOlder && (
        <Button size="compact-xs" variant="subtle" onClick={readOlder}>
          Earlier ones
        </Button>
      )}
      {!isLoading && texts.length === 0 && (
        <p className="chat-empty">
          {other ? (
            `Nothing said with ${spaced(other)} yet. Type below.`
          ) : (
            <>
              Say above whom to text. To reach an app, <Link to="/numbers/buy">buy a number</Link> for it.
            </>
          )}
        </p>
      )}
      <ol>
        {texts.slice(hidden).map((text) => (
          <Bubble key={text.sid} text={text} />
        ))}
      </ol>
    </div>
  );
}

const NEAR = 60; // pixels from the end that still are the end

/** Stays at the end of what is scrolled, unless somebody scrolled away from it. */
function useEnd() {
  const screen = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const toEnd = useCallback(() => {
    void screen.current?.scrollTo({ top: screen.current.scrollHeight });
  }, []);
  const follow = useCallback(() => {
    if (isAtEnd.current) toEnd();
  }, [toEnd]);
  const onScroll = useCallback(
    ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent<HTMLDivElement>) => {
      isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR;
    },
    [],
  );
  return { screen, follow, onScroll, toEnd };
}

function Bubble({ text }: { text: HandsetText }) {
  return (
    <li className={`bubble ${text.direction}`}>
      {text.media.map((file) => (
        <Picture key={file.url} file={file} />
      ))}
      {text.body && <span className="bubble-text">{text.body}</span>}
      <span className="bubble-foot">
        <When date={text.date_created} />
        {text.message_sid && (
          <Link to={`/messages/${text.message_sid}`} aria-label={`details of ${text.message_sid}`}>
            details
          </Link>
        )}
      </span>
    </li>
  );
}

function Picture({ file }: { file: HandsetMedia }) {
  const path = new URL(file.url, location.href).pathname;
  if (file.content_type.startsWith("image/") && !file.content_type.includes("svg")) {
    return <img src={path} alt={`A picture, ${file.content_type}`} loading="lazy" />;
  }
  return (
    <a className="file row tight" href={path} target="_blank" rel="noreferrer" download>
      <IconFile size={15} aria-hidden /> {file.content_type}
    </a>
  );
}
