import { createHash } from "node:crypto";
import type { TableRow } from "../../../shared/bigquery/row-writer.ts";
import {
  assetRows,
  bootstrapRows,
  checkRunRows,
  commentRows,
  deadLetterRows,
  deployRows,
  type ExampleDeploy,
  issueRows,
  pullRequestEventRows,
  pushRows,
  reviewRows,
  shipmentRows,
  workflowJobRows,
} from "../testing/example-rows.ts";

const START = Date.UTC(2025, 1, 20);
const DAY = 86_400_000;

/** The moment at which the month is looked at; San Francisco's and Vienna's clocks have both gone forward by then. */
export const MONTH_END = "2025-04-02T15:00:00Z";

const people = ["mira", "jonas", "lena", "robin", "renovate"];
const userTypes = {
  mira: "internal",
  jonas: "internal",
  lena: "internal",
  robin: "external",
  renovate: "bot",
} as const;

/**
 * Rows of 40 days with all that goes wrong: repetitions, missing values, events out of order, failed deploys, rollbacks, flaky checks.
 * @param seed the same seed gives the same rows
 */
export function exampleMonth(seed: number): TableRow[] {
  const random = randomNumbers(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const chance = (share: number) => random() < share;
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const moment = () => START + below(40 * DAY);
  const iso = (time: number) => new Date(time).toISOString();
  const maybe = <T>(value: T): T | null => (chance(0.1) ? null : value);
  const times = <T>(count: number, make: (index: number) => T[]) =>
    Array.from({ length: count }, (_, index) => make(index)).flat();

  const deploys = times(60, (index) => deployOf(index));
  const pulls = times(50, (index) => pullOf(index));
  const checks = times(150, (index) => checkOf(index));
  const rest = [
    ...times(30, (index) => bundleOf(index)),
    ...times(25, (index) => issueOf(index)),
    ...times(20, () =>
      bootstrapRows({ step: pick(["start", "start", "end"]), name: pick(people), received: iso(moment()) }),
    ),
    ...times(5, (index) =>
      deadLetterRows({
        message: `m${index}`,
        published: iso(moment()),
        attributes: chance(0.2)
          ? {}
          : { "ce-id": `e${index}`, CloudPubSubDeadLetterSourceDeliveryCount: "5" },
      }),
    ),
  ];
  const rows = [...deploys, ...pulls, ...checks, ...rest];
  const repeated = rows.filter(() => chance(0.1));
  return shuffled([...rows, ...repeated], random);

  function deployOf(index: number): TableRow[] {
    const queued = moment();
    const started = queued + below(600_000);
    const ended = started + below(3_600_000);
    const status = pick(["finished", "finished", "finished", "failed", "canceled"] as const);
    const deploy: ExampleDeploy = {
      number: index,
      status,
      app: pick(["getsentry", "getsentry", "relay"]),
      environment: chance(0.1) ? "staging" : "production",
      sha: maybe(`s${below(20)}`),
      user: maybe(pick(people)),
      queued: iso(queued),
      started: maybe(iso(started)),
      ended: maybe(iso(ended)),
      received: iso(ended + below(5000)),
    };
    const shipped = Object.fromEntries(times(3, () => [below(50)]).map((number) => [number, `m${number}`]));
    return [
      ...deployRows({ ...deploy, status: "queued", started: null, ended: null }),
      ...(chance(0.8) ? deployRows({ ...deploy, status: "started", ended: null }) : []),
      ...(chance(0.9) ? deployRows(deploy) : []),
      ...(status === "finished" ? shipmentRows(deploy, shipped) : []),
    ];
  }

  function pullOf(number: number): TableRow[] {
    const opened = moment();
    const author = pick(people);
    const ended = opened + below(5 * DAY);
    const pull = {
      number,
      author,
      branch: `b${below(30)}`,
      base: pick(["master", "master", "release"]),
      opened: iso(opened),
    };
    const by = () => {
      const who = pick(people);
      return { by: who, userType: maybe(userTypes[who as keyof typeof userTypes]) };
    };
    const merged = chance(0.7) ? iso(ended) : null;
    return [
      ...(chance(0.9) ? pullRequestEventRows({ ...pull, ...by(), by: author }) : []),
      ...(chance(0.5)
        ? pullRequestEventRows({
            ...pull,
            ...by(),
            action: "review_requested",
            updated: iso(opened + below(DAY)),
          })
        : []),
      ...times(below(3), () =>
        reviewRows({ ...pull, ...by(), review: below(1e9), submitted: iso(opened + below(3 * DAY)) }),
      ),
      ...times(below(3), () =>
        commentRows({ ...by(), number, comment: below(1e9), at: iso(opened + below(3 * DAY)) }),
      ),
      ...pushRows({
        branch: pull.branch,
        commits: [iso(opened - below(DAY)), { at: iso(opened - 9 * DAY), distinct: chance(0.3) }],
      }),
      ...pullRequestEventRows({ ...pull, ...by(), merged, closed: iso(ended), mergeCommit: `m${number}` }),
    ];
  }

  function checkOf(run: number): TableRow[] {
    const started = moment();
    const check = {
      run: chance(0.1) ? below(run + 1) : run,
      check: pick(["tests", "lint"]),
      sha: `c${below(60)}`,
      branch: maybe(pick(["master", "master", "fix", "release"])),
      conclusion: pick(["success", "success", "failure", "timed_out", "cancelled", "neutral"]),
      started: maybe(iso(started)),
      completed: iso(started + below(2_400_000)),
      ...(chance(0.3) && { pullRequest: below(50) }),
    };
    return [
      ...(chance(0.5)
        ? checkRunRows({ ...check, status: "queued", started: iso(started - below(60_000)) })
        : []),
      ...(chance(0.3) ? workflowJobRows({ run: check.run, created: iso(started - below(60_000)) }) : []),
      ...checkRunRows(check),
    ];
  }

  function bundleOf(index: number): TableRow[] {
    return assetRows({
      commit: `c${index}`,
      received: iso(moment()),
      environment: maybe("ci"),
      entrypoint: pick(["app", "pipeline"]),
      sizes: { "app.js": below(1000), ...(chance(0.5) && { "app.css": below(100) }) },
      ...(chance(0.5) && { pullRequest: below(5) + 1 }),
    });
  }

  function issueOf(index: number): TableRow[] {
    const opened = moment();
    const number = 1000 + index;
    const who = pick(people);
    const issue = {
      number,
      opened: iso(opened),
      by: who,
      userType: userTypes[who as keyof typeof userTypes],
    };
    return [
      ...(chance(0.9) ? issueRows(issue) : []),
      ...(chance(0.6)
        ? issueRows({
            ...issue,
            action: pick(["closed", "reopened", "labeled"]),
            updated: iso(opened + below(5 * DAY)),
          })
        : []),
      ...times(below(3), () =>
        commentRows({
          by: pick(people),
          userType: "internal",
          number,
          comment: below(1e9),
          at: iso(opened + below(DAY)),
        }),
      ),
    ];
  }
}

/** Numbers from 0 up to 1. */
function randomNumbers(seed: number): () => number {
  let drawn = 0;
  return () => createHash("sha256").update(`${seed} ${drawn++}`).digest().readUInt32BE() / 2 ** 32;
}

function shuffled<T>(items: T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
