import { Link } from "react-router";
import { useAccount } from "../api/account";
import { useOne } from "../api/queries";
import { api } from "../api/resources";
import { type Call, farSide } from "../api/voice";
import { spaced } from "../parts/phoneNumbers";

/** Who is at the far side of a call, leading to its page. */
export function Party({ call: sid }: { call: string }) {
  const { data } = useOne<Call>(api(useAccount(), `/Calls/${sid}`));
  return (
    <Link to={`/calls/${sid}`} className="number">
      {data ? spaced(farSide(data)) : <code>{sid}</code>}
    </Link>
  );
}
