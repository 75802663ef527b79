import { IconPhoneIncoming } from "@tabler/icons-react";
import { Link } from "react-router";
import { spaced } from "../parts/phoneNumbers";
import { useRinging } from "./useRinging";

/** The phones that ring and are not in sight; `open` are those that are. */
export function Ringing({ open = [] }: { open?: string[] }) {
  const ringing = Object.values(useRinging()).filter(({ to }) => !open.includes(to));
  if (!ringing.length) return null;
  return (
    <div className="ringing-elsewhere" role="status" aria-label="Phones that ring">
      {ringing.map(({ sid, from, to }) => (
        <Link key={sid} to={`/handsets?${new URLSearchParams([...open, to].map((phone) => ["phone", phone]))}`}>
          <IconPhoneIncoming size={16} className="rings" aria-hidden />
          <span>
            <strong className="number">{spaced(to)}</strong> rings: {spaced(from)}
          </span>
        </Link>
      ))}
    </div>
  );
}
