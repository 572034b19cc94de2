import type { Repository } from "../emulators/github/state.ts";
import type { LocalSuite } from "../local/client.ts";
import { defaultGitHubState } from "../local/seed/github.ts";
import { assetDelivery, type Sizes } from "./assets.ts";
import { bootstrapDeliveries } from "./bootstraps.ts";
import { checkDeliveries } from "./check-runs.ts";
import { DayClock } from "./day-clock.ts";
import type { DemoDelivery, Scene } from "./delivery.ts";
import { deployScenes } from "./deploys.ts";
import { githubDeploymentScenes } from "./github-deployments.ts";
import { RELEASE_BOT } from "./history/people.ts";
import { incidentScenes } from "./incidents.ts";
import { mainPushDelivery } from "./main-push.ts";
import { octokitExamples } from "./octokit-examples.ts";
import { closedDelivery, openedDelivery } from "./pull-requests.ts";
import { measurementDelivery } from "./reports.ts";
import { DemoSlack } from "./slack.ts";
import { accountLinking, notifications, questions } from "./slack-scenes.ts";

const REQUIRED_CHECK = "getsentry required checks";
/** 9:00 in minutes since midnight. */
const MORNING = 9 * 60;
const MINUTES_PER_COMMIT = 9;

/** 2:00 in minutes since midnight. */
const NIGHTLY_JOB = 2 * 60;
/** Index of the commit that the last deploy of the morning brought to production. */
const LIVE = 19;

/** Setups of development environments; the last one never ends. */
const bootstraps = [
  { name: "lena", start: 560, takes: 34 },
  { name: "tomas", start: 615, takes: 28 },
  { name: "ines", start: 800, takes: null },
];
/** Sizes of the bundles at the beginning of the day, in bytes. */
const sizes: Sizes = { "app.js": 2_154_000, "app.css": 211_000, "pipeline.js": 310_000 };

/**
 * One working day of an engineering organization, as scenes of deliveries: direct messages, pull requests, a red master that turns green
 * again, a flaky check, a second service that GitHub Actions deploys, deploys that finish, fail or are canceled, incidents, measurements, setups
 * of development environments, all of Octokit's example payloads, and a delivery with a wrong signature.
 *
 * @param date YYYY-MM-DD. The same date gives the same deliveries, except those of Slack and reported incidents: they have the current time.
 */
export function demoDay(date: string, suite: LocalSuite): Scene[] {
  const clock = new DayClock(date);
  const [sentry, getsentry, snuba] = defaultGitHubState().repositories;
  if (!sentry || !getsentry || !snuba) throw new Error("The local GitHub has no repositories");
  const slack = new DemoSlack(suite);
  const checks = new MasterChecks(clock, getsentry);
  const deploy = deployScenes(clock, getsentry.commits);
  return [
    // First: the console lists the newest deliveries, which are to be the day's story.
    [
      ...bootstraps.flatMap((one) => bootstrapDeliveries(clock, one)),
      measurementDelivery(clock, NIGHTLY_JOB),
      ...octokitExamples(clock),
    ],
    ...accountLinking(slack),
    pullRequestScene(clock, sentry),
    [
      ...[sentry, getsentry].flatMap((repository) => mergeScene(clock, repository, getsentry)),
      ...mergeScene(clock, snuba, snuba),
    ],
    ...githubDeploymentScenes(clock, snuba.commits),
    checks.passing(0, 20),
    ...deploy.first,
    ...checks.redAndGreenAgain(20),
    checks.passing(23, 25),
    ...checks.flake(25),
    checks.passing(26),
    ...notifications(slack),
    ...questions(slack),
    ...incidentScenes(clock, { getsentry: getsentry.commits[LIVE], snuba: snuba.commits.at(-1) }),
    ...deploy.second,
    [forgedDelivery(clock, getsentry)],
  ];
}

/** A passing check from a sender who does not know the secret. */
function forgedDelivery(clock: DayClock, { fullName, commits }: Repository): DemoDelivery {
  const [forged] = checkDeliveries(clock, {
    repository: fullName,
    sha: commits[0]?.sha ?? "",
    branch: "master",
    name: REQUIRED_CHECK,
    start: MORNING,
    takes: 1,
    conclusion: "success",
  });
  if (!forged) throw new Error("A check has no delivery");
  return { ...forged, id: clock.id("forged"), label: "a wrong signature", secret: "not the secret" };
}

/** Tests and builds of the heads of all pull requests. */
function pullRequestScene(clock: DayClock, { fullName, pullRequests }: Repository): Scene {
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
    const build = { commit: headSha, pullRequest: number, at: start + 5, sizes: sizesAt(clock, headSha) };
    return [...runs.flatMap((run) => checkDeliveries(clock, run)), assetDelivery(clock, build)];
  });
}

/** The opening of each merged pull request, and its merge shortly before the commit is on the master of the deployed repository. */
function mergeScene(clock: DayClock, repository: Repository, deployed: Repository): Scene {
  const { fullName, pullRequests } = repository;
  return pullRequests.flatMap(({ merged, headBranch: branch, ...pull }) => {
    if (!merged) return [];
    const position = deployed.commits.findIndex(
      ({ sha, message }) => sha === merged.sha || message.includes(`@${merged.sha}`),
    );
    const at = MORNING + position * MINUTES_PER_COMMIT - 4;
    const opened = at - 60 - clock.number(`${pull.headSha} is open`, 20 * 60);
    const opening = { ...pull, repository: fullName, branch: `${branch}-${pull.number}`, opened };
    const end = { at, by: pull.author, mergeSha: merged.sha };
    return [openedDelivery(clock, opening), closedDelivery(clock, opening, end)];
  });
}

/** Sizes at a commit: each file is up to 3,000 bytes larger than at the beginning of the day. */
function sizesAt(clock: DayClock, commit: string): Sizes {
  return Object.fromEntries(
    Object.entries(sizes).map(([file, size]) => [file, size + clock.number(`${commit} ${file}`, 3000)]),
  );
}

/** Deliveries of commits on master, and of their required check. */
class MasterChecks {
  readonly #clock: DayClock;
  readonly #repository: Repository;

  constructor(clock: DayClock, repository: Repository) {
    this.#clock = clock;
    this.#repository = repository;
  }

  /** The checks of the commits `from` to `to` - 1 pass. */
  passing(from: number, to = this.#repository.commits.length): Scene {
    return this.#repository.commits.slice(from, to).flatMap((_, n) => this.#check(from + n, "success"));
  }

  /** Two commits fail, the second one as a consequence of the first. The third one passes. */
  redAndGreenAgain(index: number): Scene[] {
    return [
      this.#check(index, "failure"),
      this.#check(index + 1, "failure"),
      this.#check(index + 2, "success"),
    ];
  }

  /** The check of a commit fails, and its second attempt passes. */
  flake(index: number): Scene[] {
    return [this.#check(index, "failure"), this.#check(index, "success", 2)];
  }

  #check(index: number, conclusion: string, attempt = 1): DemoDelivery[] {
    const { fullName, commits } = this.#repository;
    const { sha = "", message = "" } = commits[index] ?? {};
    const start = MORNING + (index + (attempt - 1) * 2) * MINUTES_PER_COMMIT;
    const before = commits[index - 1]?.sha ?? this.#clock.hex("master before the day", 40);
    const push = { repository: fullName, sha, before, author: RELEASE_BOT, message, at: start - 1 };
    const checks = checkDeliveries(this.#clock, {
      repository: fullName,
      sha,
      branch: "master",
      name: REQUIRED_CHECK,
      start,
      takes: 12 + this.#clock.number(sha, 6),
      conclusion,
      attempt,
      jobs: { "backend tests": conclusion, "frontend tests": "success", acceptance: "success" },
    });
    return attempt === 1 ? [mainPushDelivery(this.#clock, push), ...checks] : checks;
  }
}
