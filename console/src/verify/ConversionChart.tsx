import { StackedBars } from "../parts/StackedBars";
import type { Converted } from "./conversion";

const SERIES = [
  { name: "converted", label: "Came back", color: "teal.6" },
  { name: "unconverted", label: "Did not", color: "orange.6" },
];
const MOST = 12; // countries that fit beside each other

export default function ConversionChart({ counts }: { counts: Converted[] }) {
  const data = counts.slice(0, MOST).map((count) => ({ ...count }));
  return <StackedBars label="Codes by country" data={data} along="country" series={SERIES} widest={36} />;
}
