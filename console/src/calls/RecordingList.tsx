import { useAccount } from "../api/account";
import { useList } from "../api/queries";
import type { Params } from "../api/request";
import { api } from "../api/resources";
import type { Recording } from "../api/voice";
import { About } from "../parts/About";
import { Panel } from "../parts/Layout";
import { Status } from "../parts/Status";
import { Player } from "./Player";

/** The recordings of a call or of a conference, to be listened to; nothing where there are none. */
export function RecordingList({ of }: { of: Params }) {
  const path = api(useAccount(), "/Recordings");
  const { data } = useList<Recording>(path, "recordings", of, { live: ["recording."] });
  if (!data?.items.length) return null;
  return (
    <Panel title={data.items.length === 1 ? "Recording" : "Recordings"}>
      {data.items.map((recording) => (
        <div key={recording.sid} className="stack close">
          <div className="row spread wrap">
            <About sid={recording.sid} />
            <Status status={recording.status} />
          </div>
          {recording.status === "completed" && <Player recording={recording} />}
        </div>
      ))}
    </Panel>
  );
}
