import { Select } from "@mantine/core";
import { useAccount } from "../api/account";
import { useList } from "../api/queries";
import { api, type Application } from "../api/resources";

interface Props {
  label: string;
  value: string;
  change: (sid: string) => void;
}

/** An application whose webhooks count instead of the number's own; shown once there is one. */
export function ChooseApplication({ label, value, change }: Props) {
  const { data } = useList<Application>(api(useAccount(), "/Applications"), "applications", { PageSize: 1000 });
  if (!data?.items.length && !value) return null;
  const known = data?.items.map(({ sid, friendly_name }) => ({ value: sid, label: friendly_name || sid })) ?? [];
  const unknown = value && !known.some((one) => one.value === value) ? [{ value, label: value }] : [];
  return (
    <Select
      label={label}
      description="Its webhooks count instead of the ones above."
      placeholder="None"
      clearable
      clearButtonProps={{ "aria-label": "No application" }}
      searchable={known.length > 8}
      data={[...known, ...unknown]}
      value={value || null}
      onChange={(sid) => change(sid ?? "")}
    />
  );
}
