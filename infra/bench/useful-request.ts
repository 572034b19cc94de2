import { readdir } from "node:fs/promises";
import { fixtureBytes } from "../../shared/webhook/read-fixture.ts";
import type { FunctionFolder } from "../manifests/read-functions.ts";
import { signFor } from "../send/send.ts";
import { findExample } from "./find-example.ts";
import type { UsefulRequest } from "./measure-first-response.ts";
import { toPushRequest } from "./push-request.ts";

/** GitHub sends the name of an event in a header. */
const EVENT = "check_run";

/**
 * A request that a function responds to with 2xx after its work: a signed delivery, a pushed event, or Cloud Scheduler's request.
 *
 * @param functions all functions: a subscriber gets an event of a source's examples
 * @throws {Error} if no example passes the function's filter, or people call the function
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
  if ("iap" in trigger) throw new Error(`${folder.name} is called by people only`);
  const { event, topic } = await findExample(folder, functions);
  return toPushRequest(event, topic);
}
