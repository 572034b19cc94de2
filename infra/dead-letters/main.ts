import { PubSub } from "@google-cloud/pubsub";
import { runMain } from "../cli/run-main.ts";
import { replayDeadLetters } from "./replay.ts";

const usage = `Usage: npm run dead-letters -- [--replay]

Lists the events that subscribers gave up after their last attempt.
  --replay   publish them to their sources' topics again`;

await runMain({ usage, options: { replay: { type: "boolean", default: false } } }, async ({ values }) => {
  const pubsub = new PubSub();
  const deadLetters = await replayDeadLetters(pubsub, { dryRun: !values.replay });
  await pubsub.close();
  for (const { event, type, subscription, attempts } of deadLetters)
    console.log(`${type.padEnd(36)} ${event}  given up by ${subscription} after ${attempts} attempts`);
  console.log(`${deadLetters.length} dead letters${values.replay ? " are published again" : ""}`);
});
