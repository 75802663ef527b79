import { Link } from "react-router";

/** Why a subaccount's alerts are not here, and where to look instead. */
export function OwnAlertsOnly() {
  return (
    <p className="hint">
      These are the first account's: an account's alerts are shown to its own credentials only. What failed for this one
      stands under <Link to="/webhooks?Failed=true">Webhooks</Link>.
    </p>
  );
}
