import { Select } from "@mantine/core";
import { useEffect } from "react";
import { useActing } from "../api/account";
import { useList } from "../api/queries";
import type { Account } from "../api/resources";
import { useSession } from "../api/session";

const ACCOUNTS = "/2010-04-01/Accounts.json";

/** Which account the pages are about; there is nothing to choose until there is a subaccount. */
export function AccountSwitch() {
  const { account, actAs } = useActing();
  const own = useSession().account_sid;
  const { data } = useList<Account>(ACCOUNTS, "accounts", { PageSize: 1000 }, { live: ["account."] });
  const others = data?.items.filter(({ sid }) => sid !== own) ?? [];
  const isUnknown = !!data && !data.next && !data.items.some(({ sid }) => sid === account);
  useEffect(() => {
    if (isUnknown) actAs(own); // what the tab remembers is of another Offhook
  }, [isUnknown, actAs, own]);
  if (!others.length) return null;
  const named = (data?.items ?? []).map(({ sid, friendly_name }) => ({
    value: sid,
    label: friendly_name || `${sid.slice(0, 10)}…`,
  }));
  return (
    <Select
      className="account-switch"
      size="xs"
      aria-label="Account"
      data={named}
      value={account}
      onChange={(sid) => sid && actAs(sid)}
      allowDeselect={false}
      searchable={named.length > 8}
    />
  );
}
