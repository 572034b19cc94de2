import { expect, it } from "vitest";
import { type FunctionFolder, readFunctions } from "./read-functions.ts";

/** The bytes of a body, its text, the parsed payload, and the message. */
const SOURCE_COPIES = 4;
/** The push in base64, its bytes, the event's text, the parsed event, and the text and request of a row. */
const SUBSCRIBER_COPIES = 6;
/** Largest event that is published with its payload. */
const MAX_EVENT_BYTES = 9_500_000;
const units = { Mi: 1024 ** 2, Gi: 1024 ** 3 };

const functions = await readFunctions();
const sources = functions.filter(({ manifest }) => "http" in manifest.trigger);
const subscribers = functions.filter(({ subscriptions }) => subscriptions.length > 0);

function memoryOf({ manifest }: FunctionFolder): number {
  const [, size, unit] = /^(\d+)(Mi|Gi)$/.exec(manifest.resources.memory) ?? [];
  return Number(size) * units[unit as keyof typeof units];
}

async function maxBodyOf({ url }: FunctionFolder): Promise<number> {
  const { webhook } = (await import(new URL("index.ts", url).href)) as { webhook: { maxBodyBytes: number } };
  return webhook.maxBodyBytes;
}

it.each(sources)(
  "$name has memory for as many of the largest bodies as it receives at once",
  async (folder) => {
    const { concurrency } = folder.manifest.resources;
    expect(concurrency * (await maxBodyOf(folder)) * SOURCE_COPIES).toBeLessThanOrEqual(memoryOf(folder));
  },
);

it.each(subscribers)(
  "$name has memory for as many of the largest events as it receives at once",
  async (folder) => {
    const topics = folder.subscriptions.map(({ topic }) => topic);
    const bodies = sources.filter(({ manifest }) => topics.includes(manifest.publishes ?? "")).map(maxBodyOf);
    const largest = Math.min(MAX_EVENT_BYTES, Math.max(...(await Promise.all(bodies))));
    const { concurrency } = folder.manifest.resources;
    expect(concurrency * largest * SUBSCRIBER_COPIES).toBeLessThanOrEqual(memoryOf(folder));
  },
);
