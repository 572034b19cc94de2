import type { DemoBuild, Sizes } from "../assets.ts";
import type { DayClock } from "../day-clock.ts";
import type { Numbered } from "./assign-numbers.ts";
import { DAY_MINUTES, DAYS } from "./calendar.ts";
import { type PlannedPull, rootCommit, UPSTREAM } from "./plan-pull-requests.ts";

/** Sizes at the beginning of the history, in bytes. */
const INITIAL_SIZES: Sizes = { "app.js": 2_151_000, "app.css": 208_500, "pipeline.js": 309_200 };
/** Minutes from a commit to the report of its build. */
const BUILD_MINUTES = 8;

/** The builds of all heads of pull requests, and of the upstream repository's master after every merge. */
export function planBuilds(clock: DayClock, pulls: Numbered<PlannedPull>[]): DemoBuild[] {
  const upstream = pulls.filter(({ repository }) => repository === UPSTREAM);
  const merges = upstream
    .flatMap((pull) => (pull.end?.merged ? [{ pull, at: pull.end.at }] : []))
    .sort((a, b) => a.at - b.at);
  const root = rootCommit(clock, UPSTREAM);
  let sizes = INITIAL_SIZES;
  const master: DemoBuild[] = [
    { commit: root, pullRequest: null, at: -DAYS * DAY_MINUTES + 30, sizes },
    ...merges.map(({ pull, at }) => {
      sizes = grow(sizes, pull);
      return { commit: pull.mergeSha, pullRequest: null, at: at + BUILD_MINUTES, sizes };
    }),
  ];
  const heads = upstream.map((pull) => {
    const at = pull.opened + BUILD_MINUTES;
    const base = master.findLast((build) => build.at <= at)?.sizes ?? INITIAL_SIZES;
    return { commit: pull.headSha, pullRequest: pull.number, at, sizes: grow(base, pull) };
  });
  return [...master, ...heads];
}

function grow(sizes: Sizes, { bytes }: PlannedPull): Sizes {
  return {
    "app.js": (sizes["app.js"] ?? 0) + bytes,
    "app.css": (sizes["app.css"] ?? 0) + Math.round(Math.max(bytes, 0) / 60),
    "pipeline.js": (sizes["pipeline.js"] ?? 0) + Math.round(Math.max(bytes, 0) / 200),
  };
}
