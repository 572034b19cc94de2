/** Lists what subscribers gave up on; with --replay gives it to them again: npm run dead-letters -- [--replay] */
import { PubSub } from "@google-cloud/pubsub";
import { replayDeadLetters } from "./replay.ts";

const replay = process.argv.includes("--replay");
const pubsub = new PubSub();
const found = await replayDeadLetters(pubsub, { dryRun: !replay });
await pubsub.close();
for (const { event, type, subscription, attempts } of found)
  console.log(`${type.padEnd(36)} ${event}  given up by ${subscription} after ${attempts} attempts`);
console.log(`${found.length} dead letters${replay ? " are published again" : ""}`);
