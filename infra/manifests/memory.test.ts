import { expect, it } from "vitest";
import { readFunctions } from "./read-functions.ts";

/** The bytes of a body, its text, the parsed payload, and the message. */
const COPIES = 4;
const units = { Mi: 1024 ** 2, Gi: 1024 ** 3 };

const sources = (await readFunctions()).filter(({ manifest }) => "http" in manifest.trigger);

it.each(sources)(
  "$name has memory for as many of the largest bodies as it receives at once",
  async ({ url, manifest }) => {
    const { webhook } = await import(new URL("index.ts", url).href);
    const [, size, unit] = /^(\d+)(Mi|Gi)$/.exec(manifest.resources.memory) ?? [];
    const memory = Number(size) * units[unit as keyof typeof units];
    expect(manifest.resources.concurrency * webhook.maxBodyBytes * COPIES).toBeLessThanOrEqual(memory);
  },
);
