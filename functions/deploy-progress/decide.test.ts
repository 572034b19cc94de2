import { describe, expect, it } from "vitest";
import { type DeployStatus, deployStatus } from "../../shared/events/deployment.ts";
import type { DeployReadyContext } from "../../shared/slack/deploy-ready-message.ts";
import { decideProgress, shouldAnnounce, supersedes } from "./decide.ts";

const at = (number: number, status: DeployStatus) => ({ number, status });
const deployAt = (number: number, status: DeployStatus) => ({
  ...at(number, status),
  link: null,
  title: "",
  duration: null,
  deployer: null,
});

describe("decideProgress", () => {
  const ready: DeployReadyContext = {
    sha: "9d0e3b7a",
    commit: {
      repository: "getsentry/getsentry",
      sha: "9d0e3b7a",
      title: "fix: It",
      body: "",
      url: "https://github.com/getsentry/getsentry/commit/9d0e3b7a",
      author: { login: "mira-okafor", name: "Mira Okafor", email: null, avatarUrl: null },
    },
    recipient: "U0MIRA",
    muted: false,
    deploy: null,
  };
  const [started, finished] = [deployAt(13, "started"), deployAt(13, "finished")];
  const deployed = { ...ready, deploy: finished };

  it.each<
    [
      string,
      DeployReadyContext,
      Parameters<typeof decideProgress>[1],
      DeployStatus,
      ReturnType<typeof decideProgress>,
    ]
  >([
    [
      "redraws the message when its deploy starts",
      ready,
      { deploy: started, muted: false },
      "started",
      { redraw: true, announce: false, context: { ...ready, deploy: started } },
    ],
    [
      "redraws and announces when its deploy finishes",
      { ...ready, deploy: started },
      { deploy: finished, muted: false },
      "finished",
      { redraw: true, announce: true, context: { ...deployed, announced: true } },
    ],
    [
      "redraws without an announcement for a recipient who has muted",
      { ...ready, deploy: started },
      { deploy: finished, muted: true },
      "finished",
      { redraw: true, announce: false, context: { ...deployed, muted: true } },
    ],
    [
      "shows the finished deploy when the event about its start arrives late",
      ready,
      { deploy: finished, muted: false },
      "started",
      { redraw: true, announce: false, context: deployed },
    ],
    [
      "announces without a redraw if a late event has shown the finished deploy before",
      deployed,
      { deploy: finished, muted: false },
      "finished",
      { redraw: false, announce: true, context: { ...deployed, announced: true } },
    ],
    [
      "changes nothing when the event repeats",
      { ...deployed, announced: true },
      { deploy: finished, muted: false },
      "finished",
      { redraw: false, announce: false, context: { ...deployed, announced: true } },
    ],
    [
      "keeps the button of a message that needs no redraw",
      deployed,
      { deploy: deployAt(14, "started"), muted: true },
      "started",
      { redraw: false, announce: false, context: deployed },
    ],
  ])("%s", (_, shown, current, status, expected) => {
    expect(decideProgress(shown, current, status)).toEqual(expected);
  });
});

describe("supersedes, for a message that", () => {
  it.each(deployStatus.options)("shows no deploy yet, accepts one that is %s", (status) => {
    expect(supersedes(null, at(13, status))).toBe(true);
  });

  it.each(deployStatus.options.flatMap((status) => [12, 13, 14].map((number) => ({ number, status }))))(
    "shows #13 finished, rejects #$number $status",
    (current) => {
      expect(supersedes(at(13, "finished"), current)).toBe(false);
    },
  );

  it.each<[DeployStatus, DeployStatus, boolean]>([
    ["queued", "queued", false],
    ["queued", "started", true],
    ["queued", "canceled", true],
    ["started", "started", false],
    ["started", "finished", true],
    ["started", "failed", true],
    ["failed", "failed", false],
    ["canceled", "canceled", false],
  ])("shows a deploy as %s, and it is %s now: %s", (shown, current, expected) => {
    expect(supersedes(at(13, shown), at(13, current))).toBe(expected);
  });

  it.each<[DeployStatus, number, DeployStatus, boolean]>([
    ["failed", 14, "queued", true],
    ["canceled", 14, "started", true],
    ["started", 14, "queued", true],
    ["failed", 12, "started", false],
    ["queued", 12, "failed", false],
    ["started", 12, "canceled", false],
    ["failed", 12, "finished", true],
    ["started", 12, "finished", true],
    ["queued", 14, "finished", true],
  ])("shows #13 %s, and #%i is %s: %s", (shown, number, current, expected) => {
    expect(supersedes(at(13, shown), at(number, current))).toBe(expected);
  });
});

describe("supersedes, for deployments of a source that does not count, when a message", () => {
  const on = (id: string, attempt: number, minute: number, status: DeployStatus) => ({
    source: "github",
    id,
    attempt,
    begunAt: `2026-11-02T17:${minute}:00.000Z`,
    number: null,
    status,
  });
  const failed = on("8", 1, 10, "failed");

  it.each([
    ["shows a failed attempt, and the next attempt starts", failed, on("8", 2, 20, "started"), true],
    [
      "shows the second attempt, and the first one's failure arrives late",
      on("8", 2, 20, "started"),
      failed,
      false,
    ],
    ["shows a failed deployment, and a later one is queued", failed, on("9", 1, 30, "queued"), true],
    ["shows a started deployment, and an earlier one failed", on("9", 1, 30, "started"), failed, false],
    ["shows one that started, and it failed", on("8", 1, 10, "started"), failed, true],
    ["shows a failed deploy of Freight, and another source deploys later", at(13, "failed"), failed, true],
    [
      "shows a finished deployment, and it starts again",
      on("8", 1, 10, "finished"),
      on("8", 2, 20, "started"),
      false,
    ],
  ])("%s: %#", (_, shown, current, expected) => {
    expect(supersedes(shown, current)).toBe(expected);
  });
});

describe("supersedes, whatever the order of the events of two deploys", () => {
  const events = [
    at(13, "queued"),
    at(13, "started"),
    at(13, "failed"),
    at(14, "queued"),
    at(14, "started"),
    at(14, "finished"),
  ];
  const orders = events.map((_, index) => [...events.slice(index), ...events.slice(0, index)]);

  it.each([...orders, events.toReversed()].map((order) => ({ order })))(
    "ends with the finished deploy %#",
    ({ order }) => {
      // The database never stores an earlier status after a later one.
      const rank = (status: DeployStatus) => deployStatus.options.indexOf(status);
      const best = new Map<number, (typeof events)[number]>();
      let shown: (typeof events)[number] | null = null;
      for (const event of order) {
        const stored = best.get(event.number);
        const current = stored && rank(stored.status) >= rank(event.status) ? stored : event;
        best.set(event.number, current);
        if (supersedes(shown, current)) shown = current;
      }
      expect(shown).toEqual(at(14, "finished"));
    },
  );
});

describe("shouldAnnounce", () => {
  const shows = (number: number, status: DeployStatus) => ({
    deploy: deployAt(number, status),
    muted: false,
  });

  it.each<[string, DeployStatus, Parameters<typeof shouldAnnounce>[1], boolean]>([
    ["announces when the shown deploy finishes", "finished", shows(13, "finished"), true],
    ["announces once", "finished", { ...shows(13, "finished"), announced: true }, false],
    ["spares recipients who have muted", "finished", { ...shows(13, "finished"), muted: true }, false],
    ["ignores a late start", "started", shows(13, "finished"), false],
    ["ignores a deploy when another one brought the commit", "finished", shows(12, "finished"), false],
    ["ignores a deploy that is stored as failed", "finished", shows(13, "failed"), false],
    ["ignores a failure", "failed", shows(13, "failed"), false],
    ["ignores a message without a deploy", "finished", { deploy: null, muted: false }, false],
  ])("%s", (_, status, context, expected) => {
    expect(shouldAnnounce({ status, number: 13 }, context)).toBe(expected);
  });
});
