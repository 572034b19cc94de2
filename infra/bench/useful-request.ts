import { readdir } from "node:fs/promises";
import type { Event } from "../../shared/events/event.ts";
import { toMessage } from "../../shared/pubsub/message.ts";
import { fixtureBytes } from "../../shared/webhook/read-fixture.ts";
import { parseFilter } from "../emulators/pubsub/filter.ts";
import type { FunctionFolder } from "../manifests/read-functions.ts";
import { signFor } from "../send/send.ts";
import type { UsefulRequest } from "./measure-first-response.ts";
import { toPushRequest } from "./push-request.ts";

/** GitHub sends the name of an event in a header. */
const EVENT = "check_run";

/**
 * A request that a function responds to with 2xx after its work: a signed delivery, a pushed event, or Cloud Scheduler's request.
 *
 * @param functions all functions: a subscriber gets an event of a source's examples
 * @throws {Error} if no example passes the function's filter
 */
export async function makeUsefulRequest(
  folder: FunctionFolder,
  functions: FunctionFolder[],
): Promise<UsefulRequest> {
  const { trigger } = folder.manifest;
  if ("schedule" in trigger)
    return { path: "/", headers: { "content-type": "application/json" }, body: Buffer.from("{}") };
  if ("http" in trigger) {
    const names = (await readdir(new URL("fixtures/", folder.url))).filter((name) => name.endsWith(".json"));
    // The first fixture of Slack opens App Home, the second one mentions the app.
    const name = names.sort().find((candidate) => /check-run-failed|app-mention/.test(candidate)) ?? names[0];
    const body = fixtureBytes(`${folder.name}/${name?.replace(/\.json$/, "")}`);
    return { path: "/", headers: await signFor(folder, { body, event: EVENT }), body };
  }
  return findPush(folder, functions);
}

/** What the bench reads of a source's modules. */
interface SourceModules {
  webhook: { filterable(event: Event): Record<string, string | null> };
  examples(receivedAt: Date): Event[];
}

/** A push of the first example that one of the function's subscriptions passes. */
async function findPush(folder: FunctionFolder, functions: FunctionFolder[]): Promise<UsefulRequest> {
  for (const { topic, filter } of folder.subscriptions) {
    const source = functions.find(({ manifest }) => manifest.publishes === topic);
    if (!source) continue;
    const { webhook, examples } = await importSource(source);
    const passes = filter === undefined ? () => true : parseFilter(filter);
    const all = examples(new Date());
    // No example has every value that a filter names: a function checks the event itself as well.
    const event =
      all.find((example) => passes(toMessage(example, webhook.filterable(example)).attributes)) ??
      all.find(({ type }) => filter?.includes(`"${type}"`));
    if (event) return toPushRequest(event, topic);
  }
  throw new Error(`No example passes a subscription of ${folder.name}`);
}

async function importSource({ url }: FunctionFolder): Promise<SourceModules> {
  const [index, examples] = await Promise.all(
    ["index.ts", "examples.ts"].map((file) => import(new URL(file, url).href)),
  );
  return { ...index, ...examples };
}
