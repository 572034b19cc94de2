import { type FunctionFolder, readFunctions } from "../manifests/read-functions.ts";
import { DEAD_LETTER_TOPIC } from "../manifests/subscription-policy.ts";

/** The page that says who may do what in the cloud, by path from the repository's root. */
export async function securityPage(): Promise<Record<string, string>> {
  return { "docs/security.md": page(await readFunctions()) };
}

function page(functions: FunctionFolder[]): string {
  const secrets = [...new Set(functions.flatMap(({ manifest }) => manifest.secrets))].sort();
  return `# Who may do what

Written by \`npm run docs\` from \`functions/*/function.json\`, from which Terraform makes the accounts and their rights as well; a test compares
this page to what Terraform would make.

## Functions

Each runs as an account of its own, \`fn-<name>\`, which may do what its row says and nothing else.

| function | may be called by | reads the secrets | publishes to | writes to the tables | Postgres |
| --- | --- | --- | --- | --- | --- |
${functions.map(row).join("\n")}

## Secrets

| secret | is read by |
| --- | --- |
${secrets.map((secret) => `| \`${secret}\` | ${readersOf(secret, functions)} |`).join("\n")}

Values are in Secret Manager only: not in variables of functions, not in Terraform's state, not in the repository. \`npm run secrets -- set NAME\` puts
one in. Two versions of a webhook's secret are valid at once, see [rotation](runbook.md#rotating-a-secret).

## Everybody else

| account | may |
| --- | --- |
| \`pubsub-push\` | call the subscribers, ${list(functions.filter(isSubscriber).map(({ name }) => name))}: pushes carry its OIDC token |
| Pub/Sub itself | make tokens of \`pubsub-push\`; publish to \`${DEAD_LETTER_TOPIC}\`; take what was given up out of the subscriptions; write to \`product_eng.dead_letters\` |
| \`ci-tooling-build\` | read the buckets of the project, as Cloud Functions needs to build; write container images and build logs |
| \`ci-tooling-deployer\` | change all of the above; only workflows of the main branch act as it, through Workload Identity Federation |
| \`ci-tooling-planner\` | look at all of it, except values of secrets; workflows of pull requests from the repository itself act as it |
| \`looker\` | read the datasets, run queries |

## What is open to the internet

The source functions' URLs, and nothing else: subscribers take calls from inside Google Cloud only, the database has no authorized network.
A source function checks who sent a delivery over its raw bytes, in constant time, before it looks at what is in it; see
[architecture](architecture.md#source-functions).

## What leaves

Errors and traces go to Sentry where \`SENTRY_DSN\` is set: messages, stacks, ids of events; no payloads, headers, addresses or secrets.
`;
}

function row({ name, manifest }: FunctionFolder): string {
  const cells = [
    `\`${name}\``,
    "http" in manifest.trigger ? "everybody: it checks signatures" : "`pubsub-push`",
    list(manifest.secrets),
    list(manifest.publishes ? [manifest.publishes] : []),
    list(manifest.tables ?? []),
    manifest.database ? "yes" : "–",
  ];
  return `| ${cells.join(" | ")} |`;
}

function readersOf(secret: string, functions: FunctionFolder[]): string {
  return list(functions.filter(({ manifest }) => manifest.secrets.includes(secret)).map(({ name }) => name));
}

function isSubscriber({ subscriptions }: FunctionFolder): boolean {
  return subscriptions.length > 0;
}

function list(names: string[]): string {
  return names.length === 0 ? "–" : names.map((name) => `\`${name}\``).join(", ");
}
