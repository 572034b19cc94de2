import { toAttemptRows } from "../../../functions/redeliver/attempt-rows.ts";
import type { TableRow } from "../../../shared/bigquery/row-writer.ts";
import { mergeIncident } from "../../../shared/incidents/incident-state.ts";
import { toIncidentRow } from "../../../shared/incidents/write-incident-row.ts";
import {
  checkRunRows,
  commentRows,
  issueRows,
  mergeGroupRows,
  pullRequestEventRows,
  pushRows,
  reviewRows,
  workflowJobRows,
} from "../testing/example-github-rows.ts";
import {
  assetRows,
  bootstrapRows,
  deadLetterRows,
  deployRows,
  type ExampleDeploy,
  reportRows,
  shipmentRows,
} from "../testing/example-rows.ts";
import { Random } from "./random.ts";

const DAY = 86_400_000;

/** The views' present. Daylight saving time has begun in San Francisco and in Vienna by then. */
export const MONTH_END = "2025-04-02T15:00:00Z";

const people = ["mira", "jonas", "lena", "robin", "renovate"];
const userTypes = {
  mira: "internal",
  jonas: "internal",
  lena: "internal",
  robin: "external",
  renovate: "bot",
} as const;

interface Builder {
  count: number;
  build: (random: Random, index: number) => TableRow[];
}

const builders: Builder[] = [
  { count: 60, build: deploy },
  { count: 50, build: pullRequest },
  { count: 150, build: checkRun },
  { count: 30, build: bundle },
  { count: 25, build: issue },
  { count: 20, build: bootstrap },
  { count: 5, build: deadLetter },
  { count: 20, build: deliveryAttempt },
  { count: 10, build: mergeGroup },
  { count: 10, build: measurement },
  { count: 10, build: incident },
];

/**
 * Rows of 40 days with every irregularity: repetitions, missing values, events out of order, failed deploys, rollbacks, flaky checks.
 * @param seed the same seed gives the same rows
 */
export function exampleMonth(seed: number): TableRow[] {
  const random = new Random(seed);
  const rows = builders.flatMap(({ count, build }) => repeat(count, (index) => build(random, index)));
  const repeated = rows.filter(() => random.chance(0.1));
  return random.shuffle([...rows, ...repeated]);
}

function deploy(random: Random, number: number): TableRow[] {
  const queued = random.moment();
  const started = queued + random.below(600_000);
  const ended = started + random.below(3_600_000);
  const status = random.pick(["finished", "finished", "finished", "failed", "canceled"] as const);
  const example: ExampleDeploy = {
    number,
    status,
    app: random.pick(["getsentry", "getsentry", "relay"]),
    environment: random.chance(0.1) ? "staging" : "production",
    sha: random.maybe(`s${random.below(20)}`),
    user: random.maybe(random.pick(people)),
    queued: iso(queued),
    started: random.maybe(iso(started)),
    ended: random.maybe(iso(ended)),
    received: iso(ended + random.below(5000)),
  };
  const shipped = Object.fromEntries(
    repeat(3, () => [random.below(50)]).map((number) => [number, `m${number}`]),
  );
  return [
    ...deployRows({ ...example, status: "queued", started: null, ended: null }),
    ...(random.chance(0.8) ? deployRows({ ...example, status: "started", ended: null }) : []),
    ...(random.chance(0.9) ? deployRows(example) : []),
    ...(status === "finished" ? shipmentRows(example, shipped) : []),
  ];
}

function pullRequest(random: Random, number: number): TableRow[] {
  const opened = random.moment();
  const author = random.pick(people);
  const ended = opened + random.below(5 * DAY);
  const pull = {
    number,
    author,
    branch: `b${random.below(30)}`,
    base: random.pick(["master", "master", "release"]),
    opened: iso(opened),
  };
  const by = () => {
    const who = random.pick(people);
    return { by: who, userType: random.maybe(userTypes[who as keyof typeof userTypes]) };
  };
  const merged = random.chance(0.7) ? iso(ended) : null;
  return [
    ...(random.chance(0.9) ? pullRequestEventRows({ ...pull, ...by(), by: author }) : []),
    ...(random.chance(0.5)
      ? pullRequestEventRows({
          ...pull,
          ...by(),
          action: "review_requested",
          updated: iso(opened + random.below(DAY)),
        })
      : []),
    ...repeat(random.below(3), () =>
      reviewRows({
        ...pull,
        ...by(),
        review: random.below(1e9),
        submitted: iso(opened + random.below(3 * DAY)),
      }),
    ),
    ...repeat(random.below(3), () =>
      commentRows({ ...by(), number, comment: random.below(1e9), at: iso(opened + random.below(3 * DAY)) }),
    ),
    ...pushRows({
      branch: pull.branch,
      commits: [iso(opened - random.below(DAY)), { at: iso(opened - 9 * DAY), distinct: random.chance(0.3) }],
    }),
    ...pullRequestEventRows({ ...pull, ...by(), merged, closed: iso(ended), mergeCommit: `m${number}` }),
  ];
}

function checkRun(random: Random, run: number): TableRow[] {
  const started = random.moment();
  const check = {
    run: random.chance(0.1) ? random.below(run + 1) : run,
    check: random.pick(["tests", "lint"]),
    sha: `c${random.below(60)}`,
    branch: random.maybe(random.pick(["master", "master", "fix", "release"])),
    conclusion: random.pick(["success", "success", "failure", "timed_out", "cancelled", "neutral"]),
    started: random.maybe(iso(started)),
    completed: iso(started + random.below(2_400_000)),
    ...(random.chance(0.3) && { pullRequest: random.below(50) }),
  };
  return [
    ...(random.chance(0.5)
      ? checkRunRows({ ...check, status: "queued", started: iso(started - random.below(60_000)) })
      : []),
    ...(random.chance(0.3)
      ? workflowJobRows({ run: check.run, created: iso(started - random.below(60_000)) })
      : []),
    ...checkRunRows(check),
  ];
}

function bundle(random: Random, index: number): TableRow[] {
  return assetRows({
    commit: `c${index}`,
    received: iso(random.moment()),
    environment: random.maybe("ci"),
    entrypoint: random.pick(["app", "pipeline"]),
    sizes: { "app.js": random.below(1000), ...(random.chance(0.5) && { "app.css": random.below(100) }) },
    ...(random.chance(0.5) && { pullRequest: random.below(5) + 1 }),
  });
}

function issue(random: Random, index: number): TableRow[] {
  const opened = random.moment();
  const number = 1000 + index;
  const who = random.pick(people);
  const example = {
    number,
    opened: iso(opened),
    by: who,
    userType: userTypes[who as keyof typeof userTypes],
  };
  return [
    ...(random.chance(0.9) ? issueRows(example) : []),
    ...(random.chance(0.6)
      ? issueRows({
          ...example,
          action: random.pick(["closed", "reopened", "labeled"]),
          updated: iso(opened + random.below(5 * DAY)),
        })
      : []),
    ...repeat(random.below(3), () =>
      commentRows({
        by: random.pick(people),
        userType: "internal",
        number,
        comment: random.below(1e9),
        at: iso(opened + random.below(DAY)),
      }),
    ),
  ];
}

function bootstrap(random: Random): TableRow[] {
  const step = random.pick(["start", "start", "end"] as const);
  return bootstrapRows({ step, name: random.pick(people), received: iso(random.moment()) });
}

function deadLetter(random: Random, index: number): TableRow[] {
  return deadLetterRows({
    message: `m${index}`,
    published: iso(random.moment()),
    attributes: random.chance(0.2)
      ? {}
      : { "ce-id": `e${index}`, CloudPubSubDeadLetterSourceDeliveryCount: "5" },
  });
}

function deliveryAttempt(random: Random, index: number): TableRow[] {
  const attempt = {
    log: "github-app",
    id: String(index),
    guid: `guid${random.below(10)}`,
    event: "push",
    repositoryId: random.maybe("1"),
    statusCode: random.pick([202, 202, 503, 0]),
    isRedelivery: random.chance(0.3),
    deliveredAt: new Date(random.moment()),
  };
  return toAttemptRows([attempt], "product_eng");
}

function mergeGroup(random: Random): TableRow[] {
  const at = iso(random.moment());
  const action = random.pick(["checks_requested", "destroyed"] as const);
  return mergeGroupRows({ pullRequest: random.below(50), at, action, received: at });
}

function measurement(random: Random): TableRow[] {
  const value = random.below(100);
  const received = iso(random.moment());
  return reportRows(
    {
      type: "measurement",
      timestamp: received,
      data: { name: "docs-build", value, unit: random.maybe("seconds") },
    },
    { received },
  );
}

function incident(random: Random, index: number): TableRow[] {
  const opened = random.moment();
  const state = mergeIncident(undefined, {
    at: iso(opened),
    receivedAt: iso(opened),
    eventId: `e${index}`,
    incident: {
      ...{ id: `i${index}`, title: "Down", severity: random.maybe("high"), status: "opened", link: null },
      ...{
        openedAt: iso(opened),
        resolvedAt: null,
        service: "shop",
        sha: null,
        release: null,
        deploymentId: null,
      },
    },
  });
  const resolved = { ...state, status: "resolved" as const, resolvedAt: iso(opened + random.below(DAY)) };
  const noMessage = {
    channel: null,
    ts: null,
    shownVersion: null,
    messageEventId: null,
    messageReceivedAt: null,
  };
  return [state, resolved].map((each, version) => ({
    dataset: "product_eng",
    table: "incident_states",
    insertId: `i${index}:${version}`,
    row: toIncidentRow({
      ...{ source: "report", id: `i${index}`, version, state: each, updatedAt: new Date(opened + version) },
      ...noMessage,
    }),
  }));
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function repeat<T>(count: number, make: (index: number) => T[]): T[] {
  return Array.from({ length: count }, (_, index) => make(index)).flat();
}
