import { Button } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import { Empty } from "./Layout";

/** What stands where the filters leave nothing; `what` is the thing, in the singular. */
export function NoneFits({ what, clear }: { what: string; clear: () => void }) {
  return (
    <Empty
      icon={<IconFilterOff size={32} />}
      title={`No ${what} fits these filters`}
      action={
        <Button size="xs" variant="default" onClick={clear}>
          Clear the filters
        </Button>
      }
    >
      A number is compared as a whole, with its country code.
    </Empty>
  );
}

export function ClearFilters({ clear }: { clear: () => void }) {
  return (
    <Button size="xs" variant="subtle" color="gray" leftSection={<IconFilterOff size={15} />} onClick={clear}>
      Clear
    </Button>
  );
}
