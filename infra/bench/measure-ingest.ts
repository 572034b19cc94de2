import { freePort } from "../emulators/lib/free-port.ts";
import { SECRET, signedCheckRuns } from "./deliveries.ts";
import { kill, readCpu, readPeakMemory, startTarget, type Target } from "./measured-process.ts";
import { startPubsubSink } from "./pubsub-process.ts";
import { sendLoad } from "./send-load.ts";
import { waitForPort } from "./wait-for-port.ts";

const CONNECTIONS = 50;
/** Deliveries with different ids and subjects. */
const DELIVERIES = 500;

export interface IngestResult {
  name: string;
  /** Of the function's process, per delivery. */
  cpuMicroseconds: number;
  perSecond: number;
  p50: number;
  p99: number;
  peakMb: number;
  /** Messages per Publish request. */
  batch: number;
}

/**
 * Measures what a verified and published delivery costs: 50 connections send check runs of 12 kB, and Pub/Sub confirms at once.
 * The targets take turns, so that other load on the machine meets all of them.
 *
 * @returns medians of the rounds, in the order of the targets
 * @throws {Error} if a target refuses a delivery
 */
export async function measureIngest(
  targets: Target[],
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<IngestResult[]> {
  const requests = await signedCheckRuns(DELIVERIES);
  const results = targets.map((): IngestResult[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, target] of targets.entries())
      results[index]?.push(await measureOnce(target, requests, seconds));
  return results.map(medianByCpu);
}

async function measureOnce(target: Target, requests: Buffer[], seconds: number): Promise<IngestResult> {
  const pubsub = await startPubsubSink();
  const port = await freePort();
  const child = startTarget(target, port, {
    GH_WEBHOOK_SECRET: SECRET,
    PUBSUB_EMULATOR_HOST: pubsub.address,
  });
  try {
    await waitForPort(port);
    // The optimizing compiler has seen every path after this.
    await sendLoad(port, requests, { connections: CONNECTIONS, seconds: 2 });
    const before = readCpu(child);
    const load = await sendLoad(port, requests, { connections: CONNECTIONS, seconds });
    const cpu = readCpu(child) - before;
    if (load.refused > 0) throw new Error(`${target.name} refused ${load.refused} deliveries`);
    const peakMb = readPeakMemory(child);
    await kill(child);
    const sink = await pubsub.stop();
    return {
      name: target.name,
      cpuMicroseconds: cpu / load.requests,
      perSecond: load.requests / seconds,
      p50: load.p50,
      p99: load.p99,
      peakMb,
      batch: sink.requests === 0 ? 0 : sink.messages / sink.requests,
    };
  } finally {
    await kill(child);
  }
}

function medianByCpu(results: IngestResult[]): IngestResult {
  const sorted = results.toSorted((a, b) => a.cpuMicroseconds - b.cpuMicroseconds);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  if (!median) throw new Error("No round was measured");
  return median;
}
