// TwiML bins: documents that are kept here, so that a number needs no app.

import { Button, Modal } from "@mantine/core";
import { IconFileCode, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { atSpot } from "../api/pages";
import { useList } from "../api/queries";
import { TWIML_BINS, type TwimlBin } from "../api/voice";
import { BinForm } from "../calls/BinForm";
import { useFilters } from "../filters/useFilters";
import { CopyAs } from "../parts/CopyAs";
import { CopyButton } from "../parts/CopyButton";
import { Empty, Head, Panel } from "../parts/Layout";
import { type Column, Listing } from "../parts/Listing";
import { When } from "../parts/When";

const COLUMNS: Column<TwimlBin>[] = [
  { name: "Name", show: ({ friendly_name, sid }) => friendly_name || sid },
  {
    name: "URL",
    show: ({ document_url }) => (
      <span className="sid">
        <code>{document_url}</code>
        <CopyButton text={document_url} label="Copy the URL" />
      </span>
    ),
    kind: "wide",
  },
  { name: "Made", show: ({ date_created }) => <When date={date_created} />, kind: "narrow" },
];

export default function TwimlBins() {
  const { spot, turnTo } = useFilters();
  const navigate = useNavigate();
  const query = useList<TwimlBin>(TWIML_BINS, "twiml_bins", atSpot(spot));
  const [isMaking, setMaking] = useState(false);
  const make = (
    <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setMaking(true)}>
      New TwiML bin
    </Button>
  );
  return (
    <>
      <Head
        title="TwiML bins"
        about="Documents that are kept here: give a number the URL of one, and it needs no app."
        actions={
          <>
            <CopyAs call={{ method: "GET", path: TWIML_BINS }} />
            {make}
          </>
        }
      />
      <Modal
        opened={isMaking}
        onClose={() => setMaking(false)}
        title="New TwiML bin"
        size="lg"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <BinForm path={TWIML_BINS} label="Make it" done={({ sid }) => navigate(`/twiml-bins/${sid}`)} />
      </Modal>
      <Panel flush>
        <Listing
          label="TwiML bins"
          query={query}
          columns={COLUMNS}
          id={({ sid }) => sid}
          to={({ sid }) => `/twiml-bins/${sid}`}
          turnTo={turnTo}
          empty={
            <Empty icon={<IconFileCode size={32} />} title="No TwiML bins yet" action={make}>
              A greeting, a forwarding, a line that is always busy: what needs no program.
            </Empty>
          }
        />
      </Panel>
    </>
  );
}
