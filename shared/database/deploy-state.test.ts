import { describe, expect, it } from "vitest";
import type { DeployStatus } from "../events/deployment.ts";
import { chooseAttempt, type DeployReport, type DeployState, mergeReport } from "./deploy-state.ts";

const at = (minute: number) => `2026-11-02T17:${String(minute).padStart(2, "0")}:00.000Z`;

/** As GitHub reports: each status has its own time, and only that one. */
function report(status: DeployStatus, minute: number, changes: Partial<DeployReport> = {}): DeployReport {
  const isEnd = status !== "queued" && status !== "started";
  return {
    app: "a",
    environment: "production",
    id: "1",
    number: null,
    status,
    sha: "new",
    previousSha: null,
    ref: "main",
    actor: "mira",
    link: null,
    createdAt: at(0),
    startedAt: status === "started" ? at(minute) : null,
    finishedAt: isEnd ? at(minute) : null,
    at: at(minute),
    title: "",
    duration: null,
    ...changes,
  };
}

/** The attempts after reports in the order of their arrival. */
function play(reports: DeployReport[]) {
  const attempts: DeployState[] = [];
  for (const one of reports) {
    const index = chooseAttempt(attempts, one);
    attempts[index] = mergeReport(attempts[index], one, index === 0);
  }
  return attempts.map(({ status, queuedAt, startedAt, finishedAt }) => [
    status,
    ...[queuedAt, startedAt, finishedAt].map((time) => time?.getUTCMinutes() ?? null),
  ]);
}

const [queued, started, failed] = [report("queued", 0), report("started", 1), report("failed", 3)];
const [again, finished] = [report("started", 5), report("finished", 8)];

describe("the attempts of a deployment", () => {
  it.each<[string, DeployReport[], unknown[]]>([
    ["one that runs through", [queued, started, report("finished", 3)], [["finished", 0, 1, 3]]],
    [
      "one whose reports arrive in the reverse order",
      [report("finished", 3), started, queued],
      [["finished", 0, 1, 3]],
    ],
    ["one whose reports repeat", [queued, started, started, failed, failed, queued], [["failed", 0, 1, 3]]],
    [
      "one that ran again",
      [queued, started, failed, again, finished],
      [
        ["failed", 0, 1, 3],
        ["finished", null, 5, 8],
      ],
    ],
    [
      "one that ran again, and ended before its start arrived",
      [started, failed, finished, again],
      [
        ["failed", 0, 1, 3],
        ["finished", null, 5, 8],
      ],
    ],
    [
      "one that ran again, whose first attempt's reports repeat late",
      [started, failed, again, failed, started],
      [
        ["failed", 0, 1, 3],
        ["started", null, 5, null],
      ],
    ],
    [
      "one that is queued again",
      [started, failed, report("queued", 4, { createdAt: at(4) })],
      [
        ["failed", 0, 1, 3],
        ["queued", 4, null, null],
      ],
    ],
    [
      "one that finished, and ran again and failed",
      [started, report("finished", 3), again, report("failed", 8)],
      [
        ["finished", 0, 1, 3],
        ["failed", null, 5, 8],
      ],
    ],
    ["one whose second attempt is known first", [finished, started, failed], [["finished", 0, 1, 8]]],
    [
      "one that has two ends with the same start",
      [report("failed", 3, { startedAt: at(1) }), report("finished", 4, { startedAt: at(1) })],
      [["failed", 0, 1, 3]],
    ],
    [
      "one that was reported without times, and is reported again later",
      [
        report("started", 1, { createdAt: null, startedAt: null }),
        report("finished", 3, { createdAt: null, finishedAt: null }),
        report("started", 8, { createdAt: null, startedAt: null }),
        report("finished", 9, { createdAt: null, finishedAt: null }),
      ],
      [["finished", null, 1, 3]],
    ],
    [
      "one of several stages",
      [report("started", 1), report("started", 4), report("finished", 6, { startedAt: at(4) })],
      [["finished", 0, 1, 6]],
    ],
  ])("of %s", (_, reports, expected) => {
    expect(play(reports)).toEqual(expected);
  });

  it("end as finished in whatever order the reports of a failed and a finished attempt arrive", () => {
    const reports = [queued, started, failed, again, finished];
    for (const order of permutations(reports)) {
      const attempts = play(order);
      expect(attempts.at(-1)?.[0], JSON.stringify(order.map((one) => one.at))).toBe("finished");
    }
  });
});

function permutations<T>(items: T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

describe("mergeReport", () => {
  it("keeps a field that a later report leaves out, and fills one that an earlier report left out", () => {
    const bare = { sha: null, actor: null, link: null, previousSha: null };
    const first = mergeReport(
      undefined,
      report("queued", 0, { previousSha: "old", link: "https://a" }),
      true,
    );
    const second = mergeReport(first, report("finished", 3, bare), true);
    expect(second).toMatchObject({ sha: "new", previousSha: "old", deployer: "mira", link: "https://a" });
    expect(
      mergeReport(mergeReport(undefined, report("finished", 3, bare), true), report("started", 1), true),
    ).toMatchObject({
      status: "finished",
      sha: "new",
    });
  });
});
