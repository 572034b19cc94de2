import { readdir, readFile } from "node:fs/promises";
import { formatIssues } from "../../shared/format-issues.ts";
import { REPLAY_FOR } from "../../shared/pubsub/message.ts";
import { REPLAY_TOPIC } from "../../shared/pubsub/topics.ts";
import { type Manifest, manifest, type Schedule } from "./manifest.ts";

export interface Subscription {
  /** `<function>-<topic>` */
  name: string;
  /** Name of the function that receives the pushes. */
  function: string;
  topic: string;
  filter?: string;
}

/** A function that Cloud Scheduler calls. */
export interface ScheduledFunction {
  name: string;
  description: string;
  schedule: Schedule;
}

export interface FunctionFolder {
  name: string;
  /** URL of the folder, with a trailing slash. */
  url: URL;
  manifest: Manifest;
  /** One per topic, `*` is expanded; the last one is of the topic `replay`. */
  subscriptions: Subscription[];
}

const functionsUrl = new URL("../../functions/", import.meta.url);

/**
 * Reads every functions/<name>/function.json.
 *
 * @throws {Error} naming the file and each invalid field
 */
export async function readFunctions(): Promise<FunctionFolder[]> {
  const entries = await readdir(functionsUrl, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const read = await Promise.all(
    names.sort().map(async (name) => {
      const url = new URL(`${name}/`, functionsUrl);
      return { name, url, manifest: parse(name, await readFile(new URL("function.json", url), "utf8")) };
    }),
  );
  const topics = read.flatMap((folder) => folder.manifest.publishes ?? []);
  return read.map((folder) => ({
    ...folder,
    subscriptions: subscriptionsOf(folder.name, folder.manifest, topics),
  }));
}

/** The functions with a schedule. */
export function listSchedules(functions: FunctionFolder[]): ScheduledFunction[] {
  return functions.flatMap(({ name, manifest: { description, trigger } }) =>
    "schedule" in trigger ? [{ name, description, schedule: trigger.schedule }] : [],
  );
}

/** Names of the functions that receive events. */
export function listSubscribers(functions: FunctionFolder[]): string[] {
  return functions.flatMap(({ name, subscriptions }) => (subscriptions.length > 0 ? [name] : []));
}

function parse(name: string, text: string): Manifest {
  const parsed = manifest.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(`functions/${name}/function.json: ${formatIssues(parsed.error)}`);
}

function subscriptionsOf(name: string, { trigger }: Manifest, topics: string[]): Subscription[] {
  if (!("subscriptions" in trigger)) return [];
  const replay = { topic: REPLAY_TOPIC, filter: `attributes.${REPLAY_FOR} = "${name}"` };
  return [...trigger.subscriptions, replay].flatMap(({ topic, filter }) =>
    (topic === "*" ? topics : [topic]).map((each) => ({
      name: `${name}-${each}`,
      function: name,
      topic: each,
      ...(filter !== undefined && { filter }),
    })),
  );
}
