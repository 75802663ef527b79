import { Button } from "@mantine/core";
import { IconPhone, IconPhoneIncoming, IconPhoneX } from "@tabler/icons-react";
import type { HandsetCall } from "../api/resources";
import { ErrorNote } from "../parts/ErrorNote";
import { spaced } from "../parts/phoneNumbers";
import { partnerOf, useAct } from "./useCalls";

/** A call that rings: who it is, and the two things to do about it. */
export function Incoming({ address, call }: { address: string; call: HandsetCall }) {
  const act = useAct(address, call.sid);
  const other = partnerOf(call);
  return (
    <div className="incoming" role="alert" aria-label={`${other} calls ${address}`}>
      <p className="row">
        <IconPhoneIncoming size={18} className="rings" aria-hidden />
        <span>
          <strong className="number">{spaced(other)}</strong> calls
        </span>
      </p>
      <div className="row">
        <Button
          size="xs"
          color="green.9"
          leftSection={<IconPhone size={15} />}
          loading={act.isPending}
          onClick={() => act.mutate({ Action: "answer" })}
        >
          Answer
        </Button>
        <Button
          size="xs"
          color="red"
          variant="light"
          leftSection={<IconPhoneX size={15} />}
          onClick={() => act.mutate({ Action: "reject" })}
        >
          Reject
        </Button>
      </div>
      <ErrorNote error={act.error} />
    </div>
  );
}
