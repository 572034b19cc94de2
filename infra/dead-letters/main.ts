import { PubSub } from "@google-cloud/pubsub";
import {
  type DeadLetter,
  type DeadLetterGroup,
  describeDeadLetters,
} from "../../shared/dead-letters/dead-letter.ts";
import { DeadLetterQueue } from "../../shared/dead-letters/dead-letter-queue.ts";
import { createLogReader } from "../../shared/logging/log-reader.ts";
import { readLoggedCauses } from "../../shared/logging/read-causes.ts";
import { DEAD_LETTER_TOPIC } from "../../shared/pubsub/topics.ts";
import { runMain, UsageError } from "../cli/run-main.ts";
import { LocalSuite } from "../local/client.ts";
import { listSubscribers, readFunctions } from "../manifests/read-functions.ts";
import { countUndelivered, localCauses } from "./causes.ts";

const usage = `Usage: npm run dead-letters -- [--subscriber NAME] [--type TYPE] [--cause TEXT] [--replay [--dry-run]]

Lists the events that subscribers gave up after their last attempt, by subscriber and cause.
  --subscriber NAME   only those that this function gave up
  --type TYPE         only those of this type, e.g. freight.deploy.finished
  --cause TEXT        only those with this text in their cause
  --replay            deliver them again, each to the function that gave up and to no other
  --dry-run           with --replay: say what would be delivered again, and change nothing`;

const options = {
  replay: { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  subscriber: { type: "string" },
  type: { type: "string" },
  cause: { type: "string" },
} as const;

await runMain({ usage, options }, async ({ values }) => {
  const { subscriber, type, cause, "dry-run": dryRun } = values;
  const subscribers = listSubscribers(await readFunctions());
  if (subscriber !== undefined && !subscribers.includes(subscriber))
    throw new UsageError(`There is no subscriber ${subscriber}. Subscribers: ${subscribers.join(", ")}`);
  // Otherwise the clients look for credentials on the network.
  if (process.env.PUBSUB_EMULATOR_HOST) process.env.METADATA_SERVER_DETECTION ||= "none";
  const queue = new DeadLetterQueue({ connect: () => new PubSub(), subscribers, readCauses: findCauses });
  const filter = { subscriber, type, cause };
  if (values.replay) {
    const { groups, count } = await queue.replay(filter, { dryRun });
    for (const line of describeDeadLetters(groups)) console.log(line);
    console.log(
      `${count} of ${countLetters(groups)} dead letters ${dryRun ? "would be" : "are"} delivered again`,
    );
    return;
  }
  const groups = await queue.list(filter);
  for (const line of describeDeadLetters(groups)) console.log(line);
  console.log(`Dead letters: ${countLetters(groups)}`);
  if (subscriber === undefined && type === undefined && cause === undefined)
    await compare(groups.flatMap(({ letters }) => letters).reduce((sum, { messages }) => sum + messages, 0));
});

function countLetters(groups: DeadLetterGroup[]): number {
  return groups.reduce((sum, { letters }) => sum + letters.length, 0);
}

/** The list is useful without causes. */
async function findCauses(deadLetters: DeadLetter[]): Promise<Map<string, string>> {
  try {
    if (!process.env.PUBSUB_EMULATOR_HOST)
      return await readLoggedCauses(deadLetters, createLogReader(process.env));
    const suite = await LocalSuite.find(`http://localhost:${process.env.PORT || 3000}`);
    return localCauses((await suite?.events()) ?? []);
  } catch (error) {
    console.error(`Causes are unknown: ${(error as Error).message}`);
    return new Map();
  }
}

/** Warns if Cloud Monitoring counts more dead letters than were listed. */
async function compare(listed: number) {
  if (process.env.PUBSUB_EMULATOR_HOST) return;
  const pubsub = new PubSub();
  try {
    const project = await pubsub.auth.getProjectId();
    const where = { project, subscription: DEAD_LETTER_TOPIC, now: new Date() };
    const counted = await countUndelivered(where, async (url) => (await pubsub.auth.request({ url })).data);
    if (counted !== null && counted > listed)
      console.error(`Cloud Monitoring counted ${counted} a few minutes ago: list them again in a minute`);
  } catch (error) {
    console.error(`The number of dead letters is not compared: ${(error as Error).message}`);
  } finally {
    await pubsub.close();
  }
}
