import type { Repository } from "../emulators/github/state.ts";
import type { LocalSuite } from "../local/client.ts";
import { defaultGitHubState } from "../local/seed/github.ts";
import { assetDelivery, type Sizes } from "./assets.ts";
import { bootstrapDeliveries } from "./bootstraps.ts";
import { checkDeliveries } from "./check-runs.ts";
import { DayClock } from "./day-clock.ts";
import type { DemoDelivery, Scene } from "./delivery.ts";
import { deployScenes } from "./deploys.ts";
import { octokitExamples } from "./octokit-examples.ts";
import { closedDelivery, openedDelivery } from "./pull-requests.ts";
import { DemoSlack } from "./slack.ts";
import { accountLinking, notifications, questions } from "./slack-scenes.ts";

const REQUIRED_CHECK = "getsentry required checks";
/** Nine in the morning, in minutes since midnight. */
const MORNING = 9 * 60;
const MINUTES_PER_COMMIT = 9;

/** People who set up their development environment; the last one's never ended. */
const bootstraps = [
  { name: "lena", start: 560, takes: 34 },
  { name: "tomas", start: 615, takes: 28 },
  { name: "ines", start: 800, takes: null },
];
/** What the bundles have grown to by then. */
const sizes: Sizes = { "app.js": 2_154_000, "app.css": 211_000, "pipeline.js": 310_000 };

/**
 * A working day of an engineering organization as its tools report it, scene by scene: people and their direct messages, pull requests,
 * a master that turns red and green again, a flake, deploys that finish, fail and are canceled, development environments, and every
 * example payload of Octokit's.
 *
 * @param date YYYY-MM-DD; the same date gives the same deliveries of everybody but Slack, where people act now
 */
export function demoDay(date: string, suite: LocalSuite): Scene[] {
  const clock = new DayClock(date);
  const [sentry, getsentry] = defaultGitHubState().repositories;
  if (!sentry || !getsentry) throw new Error("The local GitHub has no repositories");
  const slack = new DemoSlack(suite);
  const checks = new MasterChecks(clock, getsentry);
  const deploy = deployScenes(clock, getsentry.commits);
  return [
    ...accountLinking(slack),
    pullRequestScene(clock, sentry),
    [sentry, getsentry].flatMap((repository) => mergeScene(clock, repository, getsentry)),
    checks.of(0, 20),
    ...deploy.first,
    ...checks.redAndGreenAgain(20),
    checks.of(23, 25),
    ...checks.flake(25),
    checks.of(26),
    ...notifications(slack),
    ...deploy.second,
    ...questions(slack),
    [...bootstraps.flatMap((one) => bootstrapDeliveries(clock, one)), ...octokitExamples(clock)],
  ];
}

/** Each pull request's head is tested and built. */
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

/** What was merged on that day was opened some hours earlier, and arrives on the deployed repository's master, which may be its own, at once. */
function mergeScene(clock: DayClock, repository: Repository, deployed: Repository): Scene {
  const { fullName, pullRequests } = repository;
  return pullRequests.flatMap(({ merged, headBranch: branch, ...pull }) => {
    if (!merged) return [];
    const arrives = deployed.commits.findIndex(
      ({ sha, message }) => sha === merged.sha || message.includes(`@${merged.sha}`),
    );
    const at = MORNING + arrives * MINUTES_PER_COMMIT - 4;
    const opened = at - 60 - clock.number(`${pull.headSha} is open`, 20 * 60);
    const told = { ...pull, repository: fullName, branch: `${branch}-${pull.number}`, opened };
    const end = { at, by: pull.author, mergeSha: merged.sha };
    return [openedDelivery(clock, told), closedDelivery(clock, told, end)];
  });
}

/** Every change moves every file a little. */
function sizesAt(clock: DayClock, commit: string): Sizes {
  return Object.fromEntries(
    Object.entries(sizes).map(([file, size]) => [file, size + clock.number(`${commit} ${file}`, 3000)]),
  );
}

/** The required check of the commits on master. */
class MasterChecks {
  readonly #clock: DayClock;
  readonly #repository: Repository;

  constructor(clock: DayClock, repository: Repository) {
    this.#clock = clock;
    this.#repository = repository;
  }

  /** Of the commits from one up to another, all of which pass. */
  of(from: number, to = this.#repository.commits.length): Scene {
    return this.#repository.commits.slice(from, to).flatMap((_, n) => this.#check(from + n, "success"));
  }

  /** Two commits fail, of which the second is not at fault, and the next one passes. */
  redAndGreenAgain(index: number): Scene[] {
    return [
      this.#check(index, "failure"),
      this.#check(index + 1, "failure"),
      this.#check(index + 2, "success"),
    ];
  }

  /** A commit fails, and passes when its check is run again. */
  flake(index: number): Scene[] {
    return [this.#check(index, "failure"), this.#check(index, "success", 2)];
  }

  #check(index: number, conclusion: string, attempt = 1): DemoDelivery[] {
    const { fullName, commits } = this.#repository;
    const sha = commits[index]?.sha ?? "";
    return checkDeliveries(this.#clock, {
      repository: fullName,
      sha,
      branch: "master",
      name: REQUIRED_CHECK,
      start: MORNING + (index + (attempt - 1) * 2) * MINUTES_PER_COMMIT,
      takes: 12 + this.#clock.number(sha, 6),
      conclusion,
      attempt,
      jobs: { "backend tests": conclusion, "frontend tests": "success", acceptance: "success" },
    });
  }
}
