import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";

const manifest = z.object({
  description: z.string(),
  trigger: z.object({
    http: z.boolean().optional(),
    subscriptions: z.array(z.unknown()).optional(),
    schedule: z.object({ cron: z.string(), timeZone: z.string().default("Etc/UTC") }).optional(),
  }),
});

/** The functions of the suite, as their manifests describe them. */
export interface ListedFunctions {
  sources: string[];
  subscribers: string[];
  schedules: { name: string; description: string; schedule: { cron: string; timeZone: string } }[];
}

const folder = new URL("../", import.meta.url);

/**
 * Reads every functions/<name>/function.json. A build replaces this module by its result (infra/build/embed-files.ts).
 *
 * @throws {Error} for a manifest that is not valid
 */
export function listFunctions(): ListedFunctions {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const read = names.map(({ name }) => {
    const text = readFileSync(new URL(`${name}/function.json`, folder), "utf8");
    return { name, ...manifest.parse(JSON.parse(text)) };
  });
  return {
    sources: read.flatMap(({ name, trigger }) => (trigger.http ? [name] : [])),
    subscribers: read.flatMap(({ name, trigger }) => (trigger.subscriptions ? [name] : [])),
    schedules: read.flatMap(({ name, description, trigger: { schedule } }) =>
      schedule ? [{ name, description, schedule }] : [],
    ),
  };
}
