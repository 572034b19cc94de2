import type { Event } from "../../shared/events/event.ts";
import { fixtureBytes } from "../../shared/webhook/read-fixture.ts";
import type { FunctionFolder } from "../manifests/read-functions.ts";
import { signFor } from "../send/send.ts";
import type { UsefulRequest } from "./measure-first-response.ts";
import { toPushRequest } from "./push-request.ts";

/** A fixture of each source, and the event of its header. */
const fixtures: Record<string, { fixture: string; event?: string }> = {
  github: { fixture: "github/check-run-failed", event: "check_run" },
  slack: { fixture: "slack/app-mention" },
  freight: { fixture: "freight/deploy-queued" },
  webpack: { fixture: "webpack/asset" },
  report: { fixture: "report/deployment" },
  "bootstrap-dev-env": { fixture: "bootstrap-dev-env/bootstrap-end" },
};

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
    const { fixture, event } = fixtures[folder.name] ?? { fixture: `${folder.name}/example` };
    const body = fixtureBytes(fixture);
    return { path: "/", headers: await signFor(folder, { body, ...(event && { event }) }), body };
  }
  return toPushRequest(await findExample(folder, functions), folder.subscriptions[0]?.topic ?? "");
}

/** The first example that the first subscription of a function passes. */
async function findExample(folder: FunctionFolder, functions: FunctionFolder[]): Promise<Event> {
  const [subscription] = folder.subscriptions;
  const source = functions.find(({ manifest }) => manifest.publishes === subscription?.topic);
  if (!source) throw new Error(`${folder.name} subscribes to what nobody publishes`);
  const { examples } = (await import(new URL("examples.ts", source.url).href)) as {
    examples(receivedAt: Date): Event[];
  };
  const event = examples(new Date()).find(({ type }) =>
    (subscription?.filter ?? `"${type}"`).includes(`"${type}"`),
  );
  if (!event) throw new Error(`No example of ${source.name} passes ${subscription?.filter}`);
  return event;
}
