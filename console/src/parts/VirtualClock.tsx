import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useOne } from "../api/queries";
import { request } from "../api/request";
import { CLOCK, type Clock } from "../api/resources";
import { When } from "./When";

const STEPS: [string, number][] = [
  ["+1 min", 60],
  ["+1 h", 3600],
  ["+1 day", 86_400],
];

/** The virtual clock: what time it is, and moving it. */
export function VirtualClock() {
  const { data } = useOne<Clock>(CLOCK, { live: ["clock.", "message."] });
  const advance = useMutation({
    mutationFn: (seconds: number) => request<Clock>({ method: "POST", path: CLOCK, params: { Advance: seconds } }),
  });
  return (
    <div className="clock" role="group" aria-label="Virtual clock">
      <div className="row spread">
        <span>Virtual clock</span>
        <When date={data?.date} />
      </div>
      <Button.Group>
        {STEPS.map(([label, seconds]) => (
          <Button
            key={label}
            size="compact-xs"
            variant="default"
            fullWidth
            loading={advance.isPending}
            onClick={() => advance.mutate(seconds)}
          >
            {label}
          </Button>
        ))}
      </Button.Group>
    </div>
  );
}
