import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../emulators/lib/free-port.ts";
import { kill, startTarget, type Target } from "./measured-process.ts";
import { startPubsubSink } from "./pubsub-process.ts";

/** A request whose 2xx shows that the function did its work. */
export interface UsefulRequest {
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** A function and the request for it. */
export type ColdTarget = Target & { request: UsefulRequest };

export interface FirstResponse {
  name: string;
  /** Milliseconds from the start of the process to the first 2xx: median and least of the rounds. */
  median: number;
  least: number;
}

/**
 * Measures the time from the start of a process to its first useful response: the request is sent again until it gets a 2xx.
 * The targets take turns.
 */
export async function measureFirstResponse(
  targets: ColdTarget[],
  rounds: number,
  env: Record<string, string>,
): Promise<FirstResponse[]> {
  const pubsub = await startPubsubSink();
  const times = targets.map((): number[] => []);
  try {
    for (let round = 0; round < rounds; round++)
      for (const [index, target] of targets.entries())
        times[index]?.push(await measureOnce(target, { ...env, PUBSUB_EMULATOR_HOST: pubsub.address }));
  } finally {
    await pubsub.stop();
  }
  return targets.map(({ name }, index) => {
    const sorted = (times[index] ?? []).toSorted((a, b) => a - b);
    return { name, median: sorted[Math.floor(sorted.length / 2)] ?? 0, least: sorted[0] ?? 0 };
  });
}

async function measureOnce(target: ColdTarget, env: Record<string, string>): Promise<number> {
  const { path, headers, body } = target.request;
  const port = await freePort();
  const began = performance.now();
  const child = startTarget(target, port, env);
  try {
    while (performance.now() - began < 30_000) {
      const request = { method: "POST", headers, body: new Uint8Array(body) };
      const response = await fetch(`http://127.0.0.1:${port}${path}`, request).catch(() => undefined);
      await response?.arrayBuffer();
      if (response?.ok) return performance.now() - began;
      await sleep(5);
    }
    throw new Error(`${target.name} did not respond with 2xx within 30 s`);
  } finally {
    await kill(child);
  }
}
