// Prefixes that were texted too often without a code coming back, and ending their blocks.

import { IconShieldCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useList } from "../api/queries";
import { request } from "../api/request";
import { VERIFY_BLOCKS, type VerifyBlock } from "../api/verify";
import { ConfirmButton } from "../parts/ConfirmButton";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { Empty, Panel } from "../parts/Layout";
import { type Column, Listing } from "../parts/Listing";
import { When } from "../parts/When";

const EVERY = 20_000; // milliseconds: a block ends by itself
const COLUMNS: Column<VerifyBlock>[] = [
  { name: "Numbers", show: ({ prefix }) => <span className="number">{prefix}…</span> },
  { name: "State", show: (block) => <State block={block} />, kind: "wide" },
  { name: "Refused", show: ({ refused }) => <span className="number">{refused}</span>, kind: "right narrow" },
  { name: "Since", show: ({ date_created }) => <When date={date_created} />, kind: "narrow" },
  { name: "Until", show: ({ until }) => <When date={until} />, kind: "narrow" },
];

export function Blocks() {
  const query = useList<VerifyBlock>(VERIFY_BLOCKS, "blocks", {}, { live: ["verification.", "alert."], every: EVERY });
  const unblock = useMutation({
    mutationFn: (sid: string) => request({ method: "DELETE", path: `${VERIFY_BLOCKS}/${sid}` }),
    onSettled: () => query.refetch(),
  });
  const doing: Column<VerifyBlock> = {
    name: "Do",
    show: ({ sid, prefix, is_in_force }) =>
      is_in_force && (
        <ConfirmButton
          label="Unblock"
          question={`Send codes to numbers that begin with ${prefix} again, and forgive what was unverified?`}
          isBusy={unblock.isPending && unblock.variables === sid}
          confirm={() => unblock.mutate(sid)}
        />
      ),
    kind: "right",
  };
  return (
    <Panel title="Suspected fraud" actions={<CopyAs call={{ method: "GET", path: VERIFY_BLOCKS }} />} flush>
      <ErrorNote error={unblock.error} />
      <Listing
        label="Suspected fraud"
        query={query}
        columns={[...COLUMNS, doing]}
        id={({ sid }) => sid}
        empty={
          <Empty icon={<IconShieldCheck size={32} />} title="No prefix is blocked">
            Many codes to one range of numbers, and none comes back: that range is blocked for a while.
          </Empty>
        }
      />
    </Panel>
  );
}

function State({ block }: { block: VerifyBlock }) {
  if (!block.is_in_force) return <span className="status dull">over</span>;
  const isWatched = block.guard === "monitor";
  return (
    <span className={`status ${isWatched ? "warn" : "bad"}`}>{isWatched ? "would be blocked" : "blocked"}</span>
  );
}
