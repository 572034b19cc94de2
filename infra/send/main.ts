import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { runMain, UsageError } from "../cli/run-main.ts";
import { provideLocalSecrets } from "../local/secrets.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { encodeFor, SendError, send } from "./send.ts";

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

  const url = values.url ?? `http://localhost:${process.env.PORT || 3000}/${source}`;
  const secretName = folder.manifest.secrets[0] ?? "";
  if (isLoopback(url)) provideLocalSecrets(functions);
  else if (!process.env[secretName]) throw new SendError(`${secretName} must be set to sign for ${url}`);
  const body = await encodeFor(folder, await readFile(file));
  const sent = await send(url, folder, {
    body,
    ...(values.event !== undefined && { event: values.event }),
    ...(values.id !== undefined && { id: values.id }),
  }).catch((cause: unknown) => {
    throw new SendError(`Nothing listens at ${url}. Is npm start running?`, { cause });
  });
  console.log(`${sent.status} ${sent.body}`);
  if (sent.eventId) console.log(`event ${sent.eventId}`);
  if (sent.eventId && isLoopback(url))
    console.log(`${new URL(url).origin}/?${new URLSearchParams({ text: sent.eventId })}`);
  if (sent.status >= 300) process.exitCode = 1;
});

function isLoopback(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}
