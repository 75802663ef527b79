import { Link } from "react-router";
import { pageOfSid } from "./pages";

/** A SID, leading to the page of what it names where there is one. */
export function About({ sid }: { sid: string | null }) {
  if (!sid) return <span className="dim">–</span>;
  const page = pageOfSid(sid);
  return page ? (
    <Link to={page}>
      <code>{sid}</code>
    </Link>
  ) : (
    <code>{sid}</code>
  );
}
