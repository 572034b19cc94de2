import { PubSub } from "@google-cloud/pubsub";
import { runMain, UsageError } from "../cli/run-main.ts";
import { read } from "../deploy/run.ts";
import { LocalSuite } from "../local/client.ts";
import { listSubscribers, readFunctions } from "../manifests/read-functions.ts";
import { DEAD_LETTER_TOPIC } from "../manifests/subscription-policy.ts";
import { countUndelivered, readLoggedCauses } from "./causes.ts";
import { causeKey, type DeadLetter, describeDeadLetters } from "./dead-letter.ts";
import { processDeadLetters } from "./replay.ts";

const usage = `Usage: npm run dead-letters -- [--subscriber NAME] [--type TYPE] [--replay [--dry-run]]

Lists the events that subscribers gave up after their last attempt, by subscriber and cause.
  --subscriber NAME   only those that this function gave up
  --type TYPE         only those of this type, e.g. freight.deploy.finished
  --replay            deliver them again, each to the function that gave up and to no other
  --dry-run           with --replay: say what would be delivered again, and change nothing`;

const options = {
  replay: { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  subscriber: { type: "string" },
  type: { type: "string" },
} as const;

await runMain({ usage, options }, async ({ values }) => {
  const { subscriber, type, "dry-run": dryRun } = values;
  const subscribers = listSubscribers(await readFunctions());
  if (subscriber !== undefined && !subscribers.includes(subscriber))
    throw new UsageError(`There is no subscriber ${subscriber}. Subscribers: ${subscribers.join(", ")}`);
  // Otherwise the clients look for credentials on the network.
  if (process.env.PUBSUB_EMULATOR_HOST) process.env.METADATA_SERVER_DETECTION ||= "none";
  const pubsub = new PubSub();
  try {
    const replay = values.replay && !dryRun;
    const deadLetters = await processDeadLetters(pubsub, {
      subscribers,
      selection: { subscriber, type },
      replay,
    });
    for (const line of describeDeadLetters(deadLetters, await findCauses(deadLetters))) console.log(line);
    console.log(summary(deadLetters, values.replay, dryRun));
    if (!replay && subscriber === undefined && type === undefined) await compare(pubsub, deadLetters.length);
  } finally {
    await pubsub.close();
  }
});

function summary(deadLetters: DeadLetter[], replay: boolean, dryRun: boolean): string {
  if (!replay) return `Dead letters: ${deadLetters.length}`;
  const count = deadLetters.filter(({ subscriber }) => subscriber !== null).length;
  return `${count} of ${deadLetters.length} dead letters ${dryRun ? "would be" : "are"} delivered again`;
}

/** The list is useful without causes. */
async function findCauses(deadLetters: DeadLetter[]): Promise<Map<string, string>> {
  try {
    return process.env.PUBSUB_EMULATOR_HOST
      ? await readLocalCauses()
      : await readLoggedCauses(deadLetters, read);
  } catch (error) {
    console.error(`Causes are unknown: ${(error as Error).message}`);
    return new Map();
  }
}

async function readLocalCauses(): Promise<Map<string, string>> {
  const suite = await LocalSuite.find(`http://localhost:${process.env.PORT || 3000}`);
  const events = (await suite?.events()) ?? [];
  return new Map(
    events.flatMap(({ id, subscribers }) =>
      subscribers.flatMap(({ function: subscriber, error }) =>
        error === undefined ? [] : [[causeKey({ event: id, subscriber }), error] as const],
      ),
    ),
  );
}

/** Warns if Cloud Monitoring counts more dead letters than were listed. */
async function compare(pubsub: PubSub, listed: number) {
  if (process.env.PUBSUB_EMULATOR_HOST) return;
  try {
    const project = await pubsub.auth.getProjectId();
    const where = { project, subscription: DEAD_LETTER_TOPIC, now: new Date() };
    const counted = await countUndelivered(where, async (url) => (await pubsub.auth.request({ url })).data);
    if (counted !== null && counted > listed)
      console.error(`Cloud Monitoring counted ${counted} a few minutes ago: list them again in a minute`);
  } catch (error) {
    console.error(`The number of dead letters is not compared: ${(error as Error).message}`);
  }
}
