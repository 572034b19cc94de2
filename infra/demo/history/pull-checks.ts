import type { DemoCheck } from "../check-runs.ts";
import type { DayClock } from "../day-clock.ts";
import type { Numbered } from "./assign-numbers.ts";
import { type PlannedPull, rootCommit, UPSTREAM } from "./plan-pull-requests.ts";

/** Checks of a pull request, with the minutes that each takes before and after CI becomes faster. */
const checks = [
  { name: "backend tests", slow: 21, fast: 12 },
  { name: "frontend tests", slow: 11, fast: 10 },
];
/** One in FAILS runs fails, and one in FLAKES of those passes in its second attempt. */
const FAILS = 12;
const FLAKES = 3;

/**
 * Plans the checks of a pull request's head. Only the upstream repository has checks.
 *
 * @param faster when CI becomes faster, in minutes since the midnight of the demo's day
 */
export function pullChecks(clock: DayClock, pull: Numbered<PlannedPull>, faster: number): DemoCheck[] {
  if (pull.repository !== UPSTREAM) return [];
  const { repository, number, headSha: sha, branch, opened } = pull;
  const baseSha = rootCommit(clock, repository);
  return checks.flatMap(({ name, slow, fast }) => {
    const key = `${sha} ${name}`;
    // Runners are scarce around noon.
    const waits = (20 + clock.number(`${key} waits`, isNoon(opened) ? 400 : 90)) / 60;
    const takes = (opened < faster ? slow : fast) + clock.number(`${key} takes`, 420) / 100;
    const common = { repository, sha, branch, pullRequest: { number, baseSha }, name, takes };
    const first = { ...common, queued: opened + 1, start: opened + 1 + waits };
    if (clock.number(`${key} fails`, FAILS) !== 0) return [{ ...first, conclusion: "success" }];
    const failed = { ...first, conclusion: "failure" };
    if (clock.number(`${key} flakes`, FLAKES) !== 0) return [failed];
    const again = first.start + takes + 6;
    return [failed, { ...common, attempt: 2, queued: again, start: again + waits, conclusion: "success" }];
  });
}

function isNoon(moment: number): boolean {
  const minute = ((moment % 1440) + 1440) % 1440;
  return minute > 11 * 60 && minute < 14 * 60;
}
