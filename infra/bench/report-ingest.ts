import { formatRatio, formatTable } from "./format-table.ts";
import { type IngestResult, measureIngest } from "./measure-ingest.ts";
import { buildTargets, listPeers, TEN_LINES } from "./targets.ts";

const SECONDS = 4;

/** CPU and memory of a verified and published delivery, beside the peers, as a Markdown table. */
export async function reportIngest(rounds: number): Promise<string> {
  const targets = [...(await listPeers()), ...(await buildTargets(["github"]))];
  const results = await measureIngest(targets, { rounds, seconds: SECONDS });
  const base = results.find(({ name }) => name === TEN_LINES)?.cpuMicroseconds ?? Number.NaN;
  const table = formatTable<IngestResult>(results, [
    { heading: "12 kB check_run, 50 connections", cell: ({ name }) => name },
    { heading: "CPU per delivery", cell: (row) => `${Math.round(row.cpuMicroseconds)} us` },
    { heading: "ratio", cell: (row) => formatRatio(row.cpuMicroseconds, base) },
    { heading: "deliveries/s", cell: ({ perSecond }) => String(Math.round(perSecond)) },
    { heading: "p50", cell: ({ p50 }) => `${Math.round(p50)} ms` },
    { heading: "p99", cell: ({ p99 }) => `${Math.round(p99)} ms` },
    { heading: "peak memory", cell: ({ peakMb }) => `${Math.round(peakMb)} MB` },
    { heading: "messages/request", cell: ({ batch }) => (batch === 0 ? "-" : batch.toFixed(1)) },
  ]);
  return `Ingest, median of ${rounds} rounds (aims: ratio 1.10 x, 170 MB)\n\n${table}`;
}
