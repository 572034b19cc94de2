import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { runMain, UsageError } from "../cli/run-main.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { encodeFor, SendError } from "./send.ts";
import { sendFromTerminal } from "./send-from-terminal.ts";

const functions = await readFunctions();
const sources = functions.filter(({ manifest }) => "http" in manifest.trigger);
const sourceNames = sources.map(({ name }) => name).join(", ");
const usage = `Usage: npm run send -- <source> <file.json> [--event E] [--id ID] [--url U]

Signs a payload as its sender would, and sends it.
  <source>    a function that receives webhooks: ${sourceNames}
  --event E   GitHub's name of the event, e.g. pull_request
  --id ID     GitHub's id of the delivery; a new one otherwise
  --url U     the function's URL; http://localhost:3000/<source> otherwise (PORT is respected)
The secret is read from the function's environment variable. For the local suite it is optional.`;

const options = {
  event: { type: "string" },
  id: { type: "string" },
  url: { type: "string" },
} as const;

await runMain({ usage, options, allowPositionals: true }, async ({ values, positionals }) => {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const [source, file] = positionals;
  if (!source || !file) throw new UsageError("Name a source and a file. --help shows how.");
  const folder = sources.find(({ name }) => name === source);
  if (!folder) throw new SendError(`${source} is not a source; there are ${sourceNames}`);
  if (source === "github" && !values.event)
    throw new SendError("GitHub sends the event's name in a header: add --event, e.g. --event pull_request");

  const body = await encodeFor(folder, await readFile(file));
  const unsigned = {
    body,
    ...(values.event !== undefined && { event: values.event }),
    ...(values.id !== undefined && { id: values.id }),
  };
  const sent = await sendFromTerminal(folder, functions, unsigned, values.url);
  console.log(`${sent.status} ${sent.body}`);
  if (sent.eventId) console.log(`event ${sent.eventId}`);
  if (sent.eventId && sent.localSuite)
    console.log(`${sent.localSuite}/deliveries/event/${encodeURIComponent(sent.eventId)}`);
  if (sent.status >= 300) process.exitCode = 1;
});
