// Every verification as it goes.

import { VERIFICATIONS } from "../api/verify";
import { CopyAs } from "../parts/CopyAs";
import { Head } from "../parts/Layout";
import { VerificationList } from "../verify/VerificationList";

export default function Verifications() {
  return (
    <>
      <Head
        title="Verifications"
        about="Who was sent a code, and what became of it. Nobody sees the code here."
        actions={<CopyAs call={{ method: "GET", path: VERIFICATIONS }} />}
      />
      <VerificationList />
    </>
  );
}
