import { defaultWorld } from "../github/default-world.ts";
import type { Repository, WorldCommit } from "../github/world.ts";
import type { LocalSuite } from "../local-suite-client.ts";
import { assetDelivery } from "./assets.ts";
import { bootstrapDeliveries } from "./bootstraps.ts";
import { checkDeliveries } from "./check-runs.ts";
import { DayClock } from "./day-clock.ts";
import type { DemoDelivery } from "./delivery.ts";
import { type DemoDeploy, deployDeliveries } from "./deploys.ts";
import { octokitExamples } from "./octokit-examples.ts";
import { slackCallbacks, slackClick } from "./slack-clicks.ts";

const REQUIRED_CHECK = "getsentry required checks";
/** Nine in the morning, in minutes since midnight. */
const MORNING = 9 * 60;
const MINUTES_PER_COMMIT = 9;
/** Commits of the day on which master is red; the next one mends it. */
const RED = [20, 21];

const people = [
  { id: "U0MIRA", name: "mira" },
  { id: "U0JONAS", name: "jonas" },
  { id: "U0LENA", name: "lena" },
];

/**
 * A working day of an engineering organization as its tools report it: commits and their checks with a red master that turns green,
 * webpack builds, deploys that finish, fail and are canceled, clicks in Slack, development environments, and every example payload of Octokit's.
 *
 * @param date YYYY-MM-DD; the same date gives the same deliveries
 */
export function demoDay(date: string, suite: LocalSuite): DemoDelivery[] {
  const clock = new DayClock(date);
  const [sentry, getsentry] = defaultWorld().repositories;
  if (!sentry || !getsentry) throw new Error("The local GitHub has no repositories");
  return [
    ...pullRequestChecks(clock, sentry),
    ...masterChecks(clock, getsentry),
    ...deploys(clock, getsentry.commits),
    ...people.flatMap((person, index) => slackCallbacks(clock, person, MORNING + 30 * index, suite)),
    ...clicks(clock, getsentry.commits, suite),
    ...bootstrapDeliveries(),
    ...octokitExamples(clock),
  ];
}

/** Each pull request's head is tested and built. */
function pullRequestChecks(clock: DayClock, { fullName, pullRequests }: Repository): DemoDelivery[] {
  return pullRequests.flatMap(({ number, headSha, headBranch, baseSha }, index) => {
    const start = MORNING + index * MINUTES_PER_COMMIT - 6;
    const conclusion = index % 7 === 3 ? "failure" : "success";
    const check = {
      repository: fullName,
      sha: headSha,
      branch: headBranch,
      pullRequest: { number, baseSha },
      start,
    };
    const names = ["backend tests", "frontend tests"];
    const runs = names.map((name, n) => ({
      ...check,
      name,
      takes: 8 + clock.number(`${headSha} ${name}`, 12),
      conclusion: n === 0 ? conclusion : "success",
    }));
    return [...runs.flatMap((run) => checkDeliveries(clock, run)), assetDelivery(clock, headSha, number)];
  });
}

/** The required check of each commit on master: red for two commits, green again with the third. */
function masterChecks(clock: DayClock, { fullName, commits }: Repository): DemoDelivery[] {
  return commits.flatMap(({ sha }, index) => {
    const red = RED.includes(index);
    const jobs = {
      "backend tests": red ? "failure" : "success",
      "frontend tests": "success",
      acceptance: "success",
    };
    return checkDeliveries(clock, {
      repository: fullName,
      sha,
      branch: "master",
      name: REQUIRED_CHECK,
      start: MORNING + index * MINUTES_PER_COMMIT,
      takes: 12 + clock.number(sha, 6),
      conclusion: red ? "failure" : "success",
      jobs,
    });
  });
}

function deploys(clock: DayClock, commits: WorldCommit[]): DemoDelivery[] {
  const sha = (index: number) => commits[index]?.sha ?? "";
  const base = { environment: "production", user: "mira.okafor@sentry.io" };
  const day: DemoDeploy[] = [
    { ...base, number: 101, start: 630, takes: 9, outcome: "finished", sha: sha(10), previousSha: sha(0) },
    {
      ...base,
      environment: "staging",
      number: 55,
      start: 640,
      takes: 5,
      outcome: "finished",
      sha: sha(12),
      previousSha: sha(10),
    },
    {
      ...base,
      number: 102,
      start: 720,
      takes: 4,
      outcome: "failed",
      sha: sha(18),
      previousSha: sha(10),
      user: "jonas.lindqvist@sentry.io",
    },
    {
      ...base,
      number: 103,
      start: 735,
      takes: 10,
      outcome: "finished",
      sha: sha(19),
      previousSha: sha(10),
      user: "jonas.lindqvist@sentry.io",
    },
    { ...base, number: 104, start: 840, takes: 2, outcome: "canceled", sha: sha(30), previousSha: sha(19) },
    {
      ...base,
      number: 105,
      start: 850,
      takes: 11,
      outcome: "finished",
      sha: sha(36),
      previousSha: sha(19),
      user: "lena.fischer@sentry.io",
    },
  ];
  return day.flatMap((deploy) => deployDeliveries(clock, deploy));
}

function clicks(clock: DayClock, commits: WorldCommit[], suite: LocalSuite): DemoDelivery[] {
  const issueTrigger = (user: string) => suite.issueTrigger(user);
  const [mira, jonas] = people;
  if (!mira || !jonas) return [];
  const undeployed = { id: "view-undeployed-commits", value: commits.at(-1)?.sha ?? "" };
  return [
    slackClick(clock, mira, { action: undeployed, minutes: 700, issueTrigger }),
    slackClick(clock, jonas, {
      action: { id: "mute-slack-notifications", value: "mute" },
      minutes: 760,
      issueTrigger,
    }),
  ];
}
