import type { Event } from "../../shared/events/event.ts";
import { toMessage } from "../../shared/pubsub/message.ts";
import { parseFilter } from "../emulators/pubsub/filter.ts";
import type { FunctionFolder } from "../manifests/read-functions.ts";

/** What is read of a source's modules. */
interface SourceModules {
  webhook: { filterable(event: Event): Record<string, string | null> };
  examples(receivedAt: Date): Event[];
}

/**
 * Finds an event for a subscriber: the first of the sources' examples that one of its subscriptions passes.
 *
 * @throws {Error} if there is none
 */
export async function findExample(
  folder: FunctionFolder,
  functions: FunctionFolder[],
): Promise<{ event: Event; topic: string }> {
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
    if (event) return { event, topic };
  }
  throw new Error(`No example passes a subscription of ${folder.name}`);
}

async function importSource({ url }: FunctionFolder): Promise<SourceModules> {
  const [index, examples] = await Promise.all(
    ["index.ts", "examples.ts"].map((file) => import(new URL(file, url).href)),
  );
  return { ...index, ...examples };
}
