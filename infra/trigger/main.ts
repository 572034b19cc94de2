import { existsSync } from "node:fs";
import { runMain, UsageError } from "../cli/run-main.ts";
import { LocalSuite, LocalSuiteError } from "../local/client.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { SendError } from "../send/send.ts";
import { sendFromTerminal } from "../send/send-from-terminal.ts";
import { buildDelivery, changePayload } from "./build-delivery.ts";
import { findExample, listExamples, suggestExamples, type TriggerExample } from "./examples.ts";
import { PayloadPathError, parseAssignment } from "./payload-paths.ts";
import { usualFields } from "./usual-fields.ts";

const usage = `Usage: npm run trigger -- <example> [--set path=value]… [--dry-run]
       npm run trigger -- --list [source]

Sends an example to its source function, signed as the sender does, and prints what it caused.
  <example>           <source>.<event>, <source>.<event>.<action>, or a name that --list prints:
                      github.check_run, github.pull_request.closed, freight.deploy-finished
  --set path=value    sets a value of the payload, e.g. --set check_run.conclusion=failure
  --add path=value    the same for a name that the example lacks
  --repository R, --sha S, --conclusion C, --status S, --user U, --text T
                      sets these wherever the payload has them; a repository, sha or user in all its places
  --keep-times        leaves the times as they are; by default the latest becomes now
  --url U             the function's URL; http://localhost:3000/<source> otherwise (PORT is respected)
  --dry-run           prints the payload and sends nothing
  --list [source]     lists the examples
The secret is read from the function's environment variable. For the local suite it is optional.`;

const text = { type: "string" } as const;
const options = {
  set: { type: "string", multiple: true },
  add: { type: "string", multiple: true },
  repository: text,
  sha: text,
  conclusion: text,
  status: text,
  user: text,
  text,
  "keep-times": { type: "boolean" },
  url: text,
  "dry-run": { type: "boolean" },
  list: { type: "boolean" },
} as const;

/** Most effects are there within a second. What retries longer is printed as it is. */
const EFFECTS_MS = 15_000;

await runMain({ usage, options, allowPositionals: true }, async ({ values, positionals }) => {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const functions = await readFunctions();
  const sources = functions.filter(({ manifest }) => "http" in manifest.trigger);
  const examples = listExamples(sources.map(({ name }) => name));
  const [name, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`Unexpected argument '${rest[0]}'. --help shows how.`);
  if (values.list) return printExamples(examples, name);
  const example = chooseExample(examples, name);
  const fields = usualFields.flatMap((field) =>
    values[field] === undefined ? [] : [[field, values[field]] as const],
  );
  const payload = asUsage(() =>
    changePayload(
      example.payload,
      {
        fields: Object.fromEntries(fields),
        set: (values.set ?? []).map(parseAssignment),
        add: (values.add ?? []).map(parseAssignment),
        keepTimes: values["keep-times"] ?? false,
      },
      new Date(),
    ),
  );
  if (values["dry-run"]) {
    console.log(JSON.stringify(payload, null, 2));
    console.error(`Dry run: ${example.name} was not sent.`);
    return;
  }
  const folder = sources.find((each) => each.name === example.source);
  if (!folder) throw new SendError(`There is no function ${example.source}`);
  const unsigned = await buildDelivery(folder, example, payload);
  const sent = await sendFromTerminal(folder, functions, unsigned, values.url);
  console.log(`${sent.status} ${sent.body}`);
  if (sent.status >= 300) process.exitCode = 1;
  const suite = sent.localSuite === undefined ? undefined : await LocalSuite.find(sent.localSuite);
  if (sent.eventId && suite) await printEffects(suite, sent.eventId);
});

function printExamples(examples: TriggerExample[], source: string | undefined) {
  for (const example of examples)
    if (source === undefined || example.source === source)
      console.log([example.name, `${example.source}.${example.event}`, example.action ?? ""].join("\t"));
}

function chooseExample(examples: TriggerExample[], name: string | undefined): TriggerExample {
  if (!name) throw new UsageError("Name an example. --list lists them, --help shows how.");
  const example = findExample(examples, name);
  if (example) return example;
  const near = suggestExamples(examples, name).join(", ");
  throw new UsageError(`There is no example ${name}. There are: ${near}`);
}

/** A path that the example lacks is a mistake in the arguments. */
function asUsage<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof PayloadPathError) throw new UsageError(error.message);
    throw error;
  }
}

async function printEffects(suite: LocalSuite, eventId: string) {
  await suite.idle(EFFECTS_MS, { facts: "later" }).catch((error: unknown) => {
    if (!(error instanceof LocalSuiteError)) throw error;
  });
  const { deliveries, subscribers, rows, messages } = await suite.effects(eventId);
  console.log(`delivery    ${suite.url}/deliveries/${deliveries.at(-1)}`);
  for (const { function: name, outcome, error } of subscribers)
    console.log(`subscriber  ${name} ${outcome}${error === undefined ? "" : `: ${error.split("\n")[0]}`}`);
  for (const { table, count } of rows) console.log(`rows        ${count} in ${table}`);
  for (const { channel, text: words, path } of messages)
    console.log(`message     ${channel}: ${words.split("\n")[0]} ${suite.url}${path}`);
}
