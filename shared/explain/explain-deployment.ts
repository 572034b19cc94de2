import { formatDuration } from "../format-duration.ts";
import type { DeploymentFacts } from "./read-deployment.ts";

type Commit = DeploymentFacts["commits"][number];
type Sign = DeploymentFacts["signs"][number];

/** A commit of a deploy, with the reason for its lead time or for having none. */
interface ExplainedCommit {
  commit: string;
  /** `owner/name#7`, `#7` if its repository is unknown, or null for a commit without a pull request. */
  pullRequest: string | null;
  title: string | null;
  author: string | null;
  /** Whether delivery_by_period counts its lead time for this deploy. */
  isCounted: boolean;
  why: string;
}

/** Why the metrics count an attempt to deploy as they do. */
export interface Explanation {
  title: string;
  /** Each a sentence: its kind, how it is counted, and which rule made it a failure. */
  sentences: string[];
  commits: ExplainedCommit[];
}

/** Explains what the metrics say of an attempt. docs/metrics.md has the definitions. */
export function explainDeployment({ attempt, commits, signs, ended }: DeploymentFacts): Explanation {
  const { app, environment, number, sha, ended_at, deployer } = attempt;
  const by = deployer === null ? "" : ` by ${deployer}`;
  return {
    title: `${app}/${environment}#${number} ${attempt.kind === "failure" ? "failed" : "finished"} ${ended_at ?? "at an unknown time"}${by}, commit ${sha?.slice(0, 12) ?? "unknown"}`,
    sentences: [
      explainKind(attempt),
      ...(attempt.kind === "change" ? explainOutcome(attempt, signs) : []),
      ...ended.map(explainEnded),
      ...explainBatch(attempt, commits),
    ],
    commits: commits.map((commit) => explainCommit(commit, number)),
  };
}

function explainKind({ kind, first_number, live_number, change_number }: DeploymentFacts["attempt"]): string {
  switch (kind) {
    case "failure":
      return `It is a failure: it counts in the deploy failure rate, and in no change failure rate, because users kept what was live. ${
        change_number === null ? "Its commit never went live." : `Its commit went live as #${change_number}.`
      }`;
    case "rollback":
      return `It is a rollback: its commit first went live as #${first_number}, before #${live_number}, which was live. It counts as a finished deploy and as rework, and not as a change.`;
    case "redeploy":
      return `It is a redeploy: its commit first went live as #${first_number}, and is not older than what was live. It counts as a finished deploy, and not as a change.`;
    case "change":
      return live_number === null
        ? "It is a change: the first known deploy of the app."
        : `It is a change: its commit had not been live. #${live_number} was live before.`;
  }
}

function explainOutcome({ change_failed }: DeploymentFacts["attempt"], signs: Sign[]): string[] {
  if (!change_failed)
    return ["It has not failed: no rollback, revert, hotfix or incident is known that names it."];
  return signs.map((sign) => {
    const by = sign.recovered_number === null ? "The incident's resolution" : `#${sign.recovered_number}`;
    const end =
      sign.recovered_at === null
        ? "The failure is open: nothing has ended it."
        : `${by} ended the failure${lasting(sign)}.`;
    return sign.is_reason
      ? `It failed, and counts in the change failure rate of its period, because ${describeRule(sign)}. ${end}`
      : `Another sign, which does not count again: ${describeRule(sign)}.`;
  });
}

function lasting({ failed_at, recovered_at }: Sign): string {
  if (failed_at === null || recovered_at === null) return "";
  return ` after ${formatDuration((Date.parse(recovered_at) - Date.parse(failed_at)) / 1000)}`;
}

function explainEnded(sign: Sign): string {
  const counted = sign.is_reason ? "" : " An earlier deploy had ended it.";
  return `It ended the failure of #${sign.change_number}: ${describeRule(sign)}.${counted}`;
}

/** The rule that found a sign, as a clause. */
function describeRule(sign: Sign): string {
  const what = describePlace(sign);
  if (sign.incident !== null) return `the incident ${sign.incident} is linked to it (${sign.rule})`;
  switch (sign.rule) {
    case "rollback":
      return "a rollback withdrew it";
    case "reverts_pull_request":
    case "reverts_commit":
      return `${what} reverts a part of it`;
    case "ref":
      return "the next change was deployed from a hotfix's branch";
    default:
      return `the next change has ${what}, which is a hotfix by its ${sign.rule}`;
  }
}

function describePlace({ repository, pull_request_number, commit_sha }: Sign): string {
  return pull_request_number === null
    ? `commit ${commit_sha?.slice(0, 12) ?? "unknown"}`
    : `${repository ?? ""}#${pull_request_number}`;
}

function explainBatch({ kind }: DeploymentFacts["attempt"], commits: Commit[]): string[] {
  if (kind === "failure") return [];
  if (commits.length === 0)
    return [
      "No commit is known to be shipped by it: it added none, or GitHub could not compare it with the one before.",
    ];
  const pulls = commits.filter(({ pull_request_number }) => pull_request_number !== null).length;
  return [`It shipped ${pulls} pull requests and ${commits.length - pulls} commits without one.`];
}

function explainCommit(commit: Commit, deploy: number): ExplainedCommit {
  const { commit_sha, pull_request_number, repository, title, author } = commit;
  const [isCounted, why] = explainLeadTime(commit, deploy);
  return {
    commit: commit_sha,
    pullRequest: pull_request_number === null ? null : `${repository ?? ""}#${pull_request_number}`,
    title,
    author,
    isCounted,
    why,
  };
}

const clocks = {
  first_commit: "its first commit was authored",
  opened: "it was opened, because no earlier commit of its branch is known",
  commit: "it was authored",
};

function explainLeadTime(commit: Commit, deploy: number): [isCounted: boolean, why: string] {
  const {
    first_deploy,
    clock,
    authored_at,
    lead_time_seconds,
    author_is_bot,
    pull_request_number,
    repository,
  } = commit;
  if (first_deploy !== null && first_deploy !== deploy)
    return [false, `Not counted here: #${first_deploy} shipped it first.`];
  if (pull_request_number !== null && repository === null)
    return [false, "No lead time: no event mentioned the pull request."];
  if (clock === null) return [false, "No lead time: its date is more than a year before the deploy."];
  const begun = `${clocks[clock]} (${authored_at})`;
  if (lead_time_seconds === null) return [false, `No lead time: ${begun}, which is later than the deploy.`];
  const lasted = `${formatDuration(lead_time_seconds)} since ${begun}`;
  return author_is_bot
    ? [false, `Not counted, because a bot is its author: ${lasted}.`]
    : [true, `${lasted}.`];
}
