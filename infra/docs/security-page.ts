import { DEAD_LETTER_TOPIC, REPLAY_TOPIC } from "../../shared/pubsub/topics.ts";
import type { Manifest } from "../manifests/manifest.ts";
import { type FunctionFolder, listSchedules, readFunctions } from "../manifests/read-functions.ts";

/** The page that lists all access rights in the cloud, by path from the repository's root. */
export async function securityPage(): Promise<Record<string, string>> {
  return { "docs/security.md": page(await readFunctions()) };
}

function page(functions: FunctionFolder[]): string {
  const secrets = [...new Set(functions.flatMap(({ manifest }) => manifest.secrets))].sort();
  return `# Access rights

Written by \`npm run docs\` from \`functions/*/function.json\`. Terraform creates the accounts and their rights from the same files; a test compares
this page to Terraform's plan.

## Functions

Each function runs as its own account, \`fn-<name>\`, which has the rights in its row and no others.
To write to a table means to add rows: a function can neither read nor delete them. To edit a table means to query and change its rows. ${list(functions.filter(({ manifest }) => manifest.facts).map(({ name }) => name))}
also reads every table, payloads included, runs queries, and changes the rows of the tables of facts and summaries, \`*_facts\` and \`*_summaries\`. ${list(functions.filter(({ manifest }) => manifest.views).map(({ name }) => name))}
also queries the views: it reads them and the tables of facts and summaries, which have no payloads, and no other table.

| function | may be called by | reads the secrets | publishes to | writes to the tables | queries the tables | edits the tables | Postgres |
| --- | --- | --- | --- | --- | --- | --- | --- |
${functions.map(row).join("\n")}

## Secrets

| secret | readers |
| --- | --- |
${secrets.map((secret) => `| \`${secret}\` | ${readersOf(secret, functions)} |`).join("\n")}

Values are in Secret Manager only: not in environment variables, not in Terraform's state, not in the repository. \`npm run secrets -- set NAME\` adds
a version. Two versions of a webhook's secret can be valid at once, see [rotation](runbook.md#rotating-a-secret).

## Other accounts

| account | may |
| --- | --- |
| \`pubsub-push\` | call the subscribers, ${list(functions.filter(isSubscriber).map(({ name }) => name))}: pushes carry its OIDC token |
| \`cloud-scheduler\` | call the scheduled functions, ${list(listSchedules(functions).map(({ name }) => name))}: calls carry its OIDC token |
| Pub/Sub's service agent | create tokens of \`pubsub-push\`; publish to \`${DEAD_LETTER_TOPIC}\`; acknowledge dead letters in the subscriptions; edit the table \`product_eng.dead_letters\`, as [BigQuery subscriptions](https://cloud.google.com/pubsub/docs/create-bigquery-subscription#assign_bigquery_service_account) need |
| \`ci-tooling-build\` | read the buckets of the project, as Cloud Functions needs to build; write container images and build logs |
| \`ci-tooling-deployer\` | change all of the above and all access rights, hence give itself any other right; only jobs with the environment \`production\` on the main branch act as it, through Workload Identity Federation |
| \`ci-tooling-planner\` | read the configuration of all of the above: no row, no log line, no value of a secret; jobs with the environment \`plan\` act as it |
| \`looker\` | read the datasets, payloads included ([why they are kept](decisions/whole-payloads.md)), and run queries |

${list(functions.filter(({ manifest }) => manifest.replays).map(({ name }) => name))} reads the subscription \`${DEAD_LETTER_TOPIC}\`, lists subscriptions and publishes to the topic \`${REPLAY_TOPIC}\`, whose events act on behalf of
the people in them, when [an operator](console-in-the-cloud.md#roles) asks for it. No other function may publish to it.
${list(functions.filter(({ manifest }) => manifest.logs).map(({ name }) => name))} reads the log of the whole project, in which the functions' lines have no payload and no e-mail address, and
${list(functions.filter(({ manifest }) => manifest.runsSchedules).map(({ name }) => name))} lists and runs the jobs of Cloud Scheduler, also for operators only. Whoever runs \`npm run dead-letters\` does it as
themselves: listing needs \`roles/pubsub.subscriber\` on the subscription \`${DEAD_LETTER_TOPIC}\` and \`roles/logging.viewer\`, a replay needs
\`roles/pubsub.publisher\` on \`${REPLAY_TOPIC}\` and \`roles/pubsub.viewer\` as well; the number to compare with needs \`roles/monitoring.viewer\`.

## People in Slack

Everybody who sees the app can open App Home, ask for help and press buttons. A member is a person with a confirmed e-mail address of the organization's domain who is no guest.

| action | for |
| --- | --- |
| link a GitHub login | members, with [proof that it is theirs](slack.md#app-home) |
| deploy notifications, \`typescript\`, \`sync slack users\`, the list of undeployed commits | members |
| \`gha cancel\` | members whose linked GitHub login may write to the repository, which is the organization's |

A request that is older than an hour, as in a replayed dead letter, is not carried out.
[A captured delivery](decisions/captured-deliveries.md) is the same event again.

## People in the console

Identity-Aware Proxy lets the members of \`console_members\` in, and nobody without a Google account. The function verifies the proxy's assertion with Google's public keys, so a request that
came another way is refused. Members read everything that the pages show, payloads and log lines included. Operators, whom \`ci-tooling.yaml\` names, may replay dead letters
and run schedules.

## Open to the internet

Only the source functions' URLs, and the load balancer of the console if there is one, which passes no request without a sign-in: subscribers and scheduled functions accept calls from inside Google Cloud only, the database has no authorized network.
A source function verifies the signature over the raw bytes, in constant time, before it parses the body; see
[architecture](architecture.md#source-functions).

## Data that leaves the project

Slack gets the messages that people see there, with titles of commits and names of jobs. Errors and traces go to Sentry if \`SENTRY_DSN\` is set: messages, stacks, ids of events; no payloads, headers, addresses or secrets.
`;
}

function row({ name, manifest }: FunctionFolder): string {
  const cells = [
    `\`${name}\``,
    callersOf(manifest),
    list(manifest.secrets),
    list([...(manifest.publishes ? [manifest.publishes] : []), ...(manifest.replays ? [REPLAY_TOPIC] : [])]),
    list(manifest.tables ?? []),
    list(manifest.queries ?? []),
    list(manifest.edits ?? []),
    manifest.database ? "yes" : "–",
  ];
  return `| ${cells.join(" | ")} |`;
}

function callersOf({ trigger }: Manifest): string {
  if ("http" in trigger) return "everybody; it verifies signatures";
  if ("iap" in trigger) return "Identity-Aware Proxy, for its members; it verifies the proxy's assertion";
  return "schedule" in trigger ? "`cloud-scheduler`" : "`pubsub-push`";
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
