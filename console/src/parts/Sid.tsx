import { CopyButton } from "./CopyButton";

/** A SID, whole, with a button to copy it. */
export function Sid({ sid }: { sid: string }) {
  return (
    <span className="sid">
      <code>{sid}</code>
      <CopyButton text={sid} label="Copy SID" />
    </span>
  );
}
