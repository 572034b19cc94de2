import { homeOpened } from "../../emulators/slack/interactions/callbacks.ts";
import { defaultWorkspace } from "../../local/seed/slack.ts";
import { assetDelivery } from "../assets.ts";
import { bootstrapDeliveries } from "../bootstraps.ts";
import { checkDeliveries, type DemoCheck, jobDelivery } from "../check-runs.ts";
import type { DayClock } from "../day-clock.ts";
import { type PastDelivery, toJsonBody } from "../delivery.ts";
import { deployDeliveries } from "../deploys.ts";
import { pagerDutyDeliveries } from "../incidents.ts";
import { commentDelivery, issueClosed, issueOpened } from "../issues.ts";
import { mainPushDelivery } from "../main-push.ts";
import { isQueued, queueDeliveries } from "../merge-queue.ts";
import { closedDelivery, openedDelivery, pushDelivery, reviewDeliveries } from "../pull-requests.ts";
import { measurementDelivery } from "../reports.ts";
import type { Numbered } from "./assign-numbers.ts";
import { dayIndex, type HistoryDay, selectWorkdays } from "./calendar.ts";
import { COVERAGE_BOT, RELEASE_BOT } from "./people.ts";
import { FASTER_FROM, type PlannedCommit } from "./plan-commits.ts";
import type { HistoryPlan } from "./plan-history.ts";
import type { PlannedIssue } from "./plan-issues.ts";
import { DEPLOYED, type PlannedPull, rootCommit, UPSTREAM } from "./plan-pull-requests.ts";
import { pullChecks } from "./pull-checks.ts";
import { integer, pick } from "./random.ts";

const workspace = defaultWorkspace();
const slackUsers = ["U0MIRA", "U0JONAS", "U0LENA", "U0TOMAS", "U0INES"];
/** 2:00 in minutes since midnight. */
const NIGHTLY_JOB = 2 * 60;
const REQUIRED_CHECK = "getsentry required checks";

/** All deliveries of a history, unordered. */
export function historyDeliveries(plan: HistoryPlan): PastDelivery[] {
  const { clock } = plan;
  const faster = plan.days.find(({ workday }) => workday === FASTER_FROM)?.midnight ?? 0;
  return [
    ...plan.pulls.flatMap((pull) => pullRequestDeliveries(clock, pull)),
    ...plan.pulls.flatMap((pull) =>
      pullChecks(clock, pull, faster).flatMap((check) => [
        ...pastCheckDeliveries(clock, check),
        pastJobDelivery(clock, check),
      ]),
    ),
    ...plan.commits.flatMap((commit, index) => [
      mainPush(clock, commit, plan.commits[index - 1]?.sha ?? rootCommit(clock, DEPLOYED)),
      ...commitCheckDeliveries(clock, commit),
    ]),
    ...plan.builds.map((build) => ({ at: build.at, delivery: assetDelivery(clock, build) })),
    ...plan.deploys.flatMap((deploy) =>
      deployDeliveries(clock, deploy).map((delivery) => ({ at: deploy.start, delivery })),
    ),
    ...plan.issues.flatMap((issue) => issueDeliveries(clock, issue)),
    ...plan.bootstraps.flatMap((bootstrap) =>
      bootstrapDeliveries(clock, bootstrap).map((delivery) => ({ at: bootstrap.start, delivery })),
    ),
    ...plan.incidents.flatMap((incident) => {
      const { opened, resolved } = pagerDutyDeliveries(clock, incident);
      return [
        { at: incident.opened, delivery: opened },
        { at: incident.resolved, delivery: resolved },
      ];
    }),
    ...selectWorkdays(plan.days).map(({ midnight }) => ({
      at: midnight + NIGHTLY_JOB,
      delivery: measurementDelivery(clock, midnight + NIGHTLY_JOB),
    })),
    ...plan.days.flatMap((day) => homeOpenedDeliveries(clock, day)),
  ].filter(({ at }) => dayIndex(at) < 0);
}

function pullRequestDeliveries(clock: DayClock, planned: Numbered<PlannedPull>): PastDelivery[] {
  const { opened, authored, review, end, mergeSha, number, repository } = planned;
  const pull = { ...planned, baseSha: rootCommit(clock, repository) };
  const reviews = review ? reviewDeliveries(clock, pull, review) : [];
  const coverage = { at: opened + 26, by: COVERAGE_BOT };
  return [
    { at: opened - 1, delivery: pushDelivery(clock, pull, { authored, at: opened - 1 }) },
    { at: opened, delivery: openedDelivery(clock, pull) },
    ...reviews.map((delivery, index) => ({
      at: (index === 0 ? review?.requested : review?.submitted) ?? opened,
      delivery,
    })),
    ...(repository === UPSTREAM && number % 5 === 0
      ? [{ at: coverage.at, delivery: commentDelivery(clock, pull, coverage) }]
      : []),
    ...(end?.merged && isQueued(pull, end.at) ? queueDeliveries(clock, pull, end.at) : []),
    ...(end
      ? [
          {
            at: end.at,
            delivery: closedDelivery(clock, pull, { ...end, mergeSha: end.merged ? mergeSha : null }),
          },
        ]
      : []),
  ];
}

function pastCheckDeliveries(clock: DayClock, check: DemoCheck): PastDelivery[] {
  const [created, completed] = checkDeliveries(clock, check);
  return [
    ...(created ? [{ at: check.queued ?? check.start, delivery: created }] : []),
    ...(completed ? [{ at: check.start + check.takes, delivery: completed }] : []),
  ];
}

/** @param before the commit before it on the deployed repository's master */
function mainPush(clock: DayClock, commit: PlannedCommit, before: string): PastDelivery {
  const { sha, at, upstreamSha, pull } = commit;
  const author = upstreamSha === null ? pull.author : RELEASE_BOT;
  const push = { repository: DEPLOYED, sha, before, author, message: pull.title, at };
  return { at, delivery: mainPushDelivery(clock, push) };
}

/** Tests of the backend run on a larger runner. */
function pastJobDelivery(clock: DayClock, check: DemoCheck): PastDelivery {
  const labels = check.name.includes("backend") ? ["ubuntu-24.04-8-cores"] : ["ubuntu-24.04"];
  return { at: check.start + check.takes, delivery: jobDelivery(clock, check, labels) };
}

/** The required check of a commit on the deployed repository's master. */
function commitCheckDeliveries(clock: DayClock, { sha, checks }: PlannedCommit): PastDelivery[] {
  return checks.flatMap(({ conclusion, ...when }, index) =>
    pastCheckDeliveries(clock, {
      ...when,
      repository: DEPLOYED,
      sha,
      branch: "master",
      name: REQUIRED_CHECK,
      conclusion,
      attempt: index + 1,
      jobs: { "backend tests": conclusion, "frontend tests": "success", acceptance: "success" },
    }),
  );
}

function issueDeliveries(clock: DayClock, issue: Numbered<PlannedIssue>): PastDelivery[] {
  const { opened, comments, closed } = issue;
  return [
    { at: opened, delivery: issueOpened(clock, issue) },
    ...comments.map((comment) => ({ at: comment.at, delivery: commentDelivery(clock, issue, comment) })),
    ...(closed ? [{ at: closed.at, delivery: issueClosed(clock, issue, closed) }] : []),
  ];
}

/** One user opens App Home on each working day. */
function homeOpenedDeliveries(clock: DayClock, { date, midnight, workday }: HistoryDay): PastDelivery[] {
  if (workday === null) return [];
  const user = pick(clock, `home ${date}`, slackUsers);
  const at = midnight + integer(clock, `home at ${date}`, 9 * 60, 17 * 60);
  const body = toJsonBody(homeOpened(workspace, { user, ts: clock.slackTs(at) }));
  return [{ at, delivery: { source: "slack", label: `${user} opens App Home`, body } }];
}
