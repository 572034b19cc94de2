import { describe, expect, it } from "vitest";
import { mentionsIn } from "../../infra/emulators/slack/mentions-in.ts";
import { colors } from "../../shared/slack/slack-message.ts";
import { type CheckRun, checkRunDelivery } from "../support/check-run-delivery.ts";
import { conversation, type Shown } from "../support/render-message.ts";
import { withRequiredChecks } from "../support/required-checks.ts";

const CHANNEL = "C0ENG";

const started = withRequiredChecks();

let deliveries = 0;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 2, 12, minute)).toISOString();

async function checkCompleted(check: CheckRun & { minute?: number }, delivery = `check-${++deliveries}`) {
  const { minute = 0, ...run } = check;
  const body = checkRunDelivery({ startedAt: at(minute), completedAt: at(minute + 10), ...run });
  const { status } = await started.suite.send("github", body, { event: "check_run", id: delivery });
  expect(status).toBe(202);
}

/** Subscribers handle events in any order; a test that needs an order waits for the earlier event. */
async function handled(...checks: Promise<void>[]) {
  await Promise.all(checks);
  await started.suite.settled();
}

async function channel(): Promise<Shown[]> {
  await started.suite.settled();
  return conversation(started.slack.messages(), CHANNEL);
}

const sha = (index: number) => started.commits[index]?.sha ?? "";
const short = (index: number) => sha(index).slice(0, 7);
const failing = (index: number, minute = index, more: Partial<CheckRun> = {}) =>
  checkCompleted({ sha: sha(index), conclusion: "failure", minute, ...more });
const passing = (index: number, minute = index) =>
  checkCompleted({ sha: sha(index), conclusion: "success", minute });

describe("the first commit that fails", () => {
  it("is posted in the channel with its upstream commit, and its jobs in the thread", async () => {
    // The deployed repository's first commit is the bot's bump of this one.
    const upstream = started.suite.services.github?.current.state.repositories[0]?.commits[0];
    await failing(0, 0, {
      jobs: { "backend tests": "failure", "frontend <tests>": "success", acceptance: "missing" },
    });
    const page = "https://github.com/getsentry/getsentry/runs/1234567";
    expect(await channel()).toEqual([
      {
        says: `*getsentry/getsentry@master* <https://github.com/getsentry/getsentry/commit/${sha(0)}|\`${short(0)}\`> is failing · <${page}|View build>`,
        color: colors.red,
        attached: [
          `*<https://github.com/getsentry/sentry/commit/${upstream?.sha}|feat(alerts): Let a rule snooze for an hour (#22400)>*`,
          "<https://github.com/mira-okafor|mira-okafor>",
          "This is the channel of getsentry in ci-tooling.yaml. `redBranch: off` of the service ends these messages.",
        ],
        thread: [
          {
            says: [
              `:x: <${page}|backend tests> failure`,
              `:white_check_mark: <${page}|frontend &lt;tests&gt;> success`,
              `:x: <${page}|acceptance> missing`,
            ].join("\n"),
          },
        ],
      },
    ]);
    expect(started.slack.messages()[0]?.text).toBe(`getsentry/getsentry@master ${short(0)} is failing`);
    expect(JSON.stringify(started.slack.messages()[0]?.attachments)).toContain(
      '"image_url":"https://avatars.',
    );
  });

  it.each([
    ["while most of its jobs have not started", { jobs: { a: "missing", b: "missing", c: "success" } }],
    ["of another branch", { branch: "feat/alerts" }],
    ["of another repository", { repository: "getsentry/sentry" }],
    ["in another check", { name: "backend tests" }],
    ["when it was only created", { action: "created" }],
    ["when it was requested again", { action: "rerequested" }],
    ["with the conclusion neutral", { conclusion: "neutral" }],
    ["when it was skipped", { conclusion: "skipped" }],
    ["when a newer push cancelled it", { conclusion: "cancelled" }],
    ["when GitHub gave it up", { conclusion: "stale" }],
    ["of a fork's branch of the same name", { sha: "f".repeat(40) }],
  ])("is not posted for %s", async (_, other) => {
    await failing(0, 0, other);
    expect(await channel()).toEqual([]);
  });

  it("is posted when only a few jobs are missing", async () => {
    await failing(0, 0, { jobs: { a: "missing", b: "success", c: "success" } });
    expect(await channel()).toHaveLength(1);
  });

  it("is posted whatever the case of the repository's name", async () => {
    await failing(1, 0, { repository: "GetSentry/getsentry" });
    expect(await channel()).toMatchObject([
      { says: expect.stringContaining("*getsentry/getsentry@master*") },
    ]);
  });

  it("is posted once when its check completes twice", async () => {
    await handled(failing(0));
    await failing(0, 5);
    expect(await channel()).toHaveLength(1);
  });
});

describe("a further commit that fails", () => {
  it("goes into the first failure's thread, with a note that it may not be the cause", async () => {
    await handled(failing(2));
    await failing(3);
    const [message, ...more] = await channel();
    expect(more).toEqual([]);
    expect(message?.thread).toEqual([
      {
        says: [
          `*getsentry/getsentry@master* <https://github.com/getsentry/getsentry/commit/${sha(3)}|\`${short(3)}\`> is failing · <https://github.com/getsentry/getsentry/runs/1234567|View build>`,
          `It may only be failing because of the earlier commit <https://github.com/getsentry/getsentry/commit/${sha(2)}|\`${short(2)}\`>.`,
        ].join("\n"),
        color: colors.red,
        attached: expect.any(Array),
      },
    ]);
  });

  it("goes into that thread hours later too: the branch has been red since", async () => {
    await handled(failing(2, 0));
    await failing(3, 131);
    const [message, ...more] = await channel();
    expect(more).toEqual([]);
    expect(message?.thread).toHaveLength(1);
  });
});

describe("a commit that passes", () => {
  it("posts nothing while the branch is green", async () => {
    await passing(5);
    expect(await channel()).toEqual([]);
  });

  it("turns its own message green when its check is re-run", async () => {
    await handled(failing(5));
    await passing(5, 30);
    expect(await channel()).toEqual([
      expect.objectContaining({ says: expect.stringContaining("is passing"), color: colors.green }),
    ]);
    expect(started.slack.messages()[0]?.edited).toBeDefined();
  });

  it("turns the oldest failure green and those between neutral, and replies in the thread", async () => {
    await handled(failing(6));
    await handled(failing(7));
    await handled(failing(8));
    await passing(9);
    const [message, ...more] = await channel();
    expect(more).toEqual([]);
    expect(message).toMatchObject({ says: expect.stringContaining("is now fixed"), color: colors.green });
    const unknown = {
      says: expect.stringContaining("is unknown, due to a previously broken build"),
      color: colors.neutral,
    };
    expect(message?.thread).toMatchObject([
      unknown,
      unknown,
      {
        says: `*getsentry/getsentry@master* is now passing again, with <https://github.com/getsentry/getsentry/commit/${sha(9)}|\`${short(9)}\`>`,
      },
    ]);
    // The branch is green now, so the next failure is a first failure.
    await failing(10);
    expect(await channel()).toHaveLength(2);
  });

  it("and is older than the failing one fixes nothing", async () => {
    await handled(failing(13, 13));
    await passing(12, 12);
    expect(await channel()).toMatchObject([{ says: expect.stringContaining("is failing") }]);
  });
});

describe("events that arrive in another order", () => {
  it("post nothing for a failure after which the same commit has passed", async () => {
    await handled(passing(5, 30));
    await failing(5);
    expect(await channel()).toEqual([]);
  });

  it("post nothing for a failure after which a later commit has passed", async () => {
    await handled(passing(6, 30));
    await failing(5);
    expect(await channel()).toEqual([]);
  });

  it("post a failure before which an earlier commit has passed", async () => {
    await handled(passing(5));
    await failing(6);
    expect(await channel()).toHaveLength(1);
  });
});

describe("the same event", () => {
  it.each([
    ["five times", 1],
    ["five times at once", 5],
  ])("%s posts one message", async (_, atOnce) => {
    const delivery = `repeated-${atOnce}`;
    const send = () =>
      checkCompleted({ sha: sha(15), conclusion: "failure", jobs: { a: "failure" } }, delivery);
    if (atOnce === 1) for (let time = 0; time < 5; time++) await send();
    else await Promise.all(Array.from({ length: 5 }, send));
    const [message, ...more] = await channel();
    expect([more, message?.thread?.length]).toEqual([[], 1]);
  });
});

describe("an attempt that was killed", () => {
  it("after it posted leaves a message that the next attempt finds instead of posting again", async () => {
    started.slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
    await failing(17, 0, { jobs: { a: "failure" } });
    const [message, ...more] = await channel();
    expect([more, message?.thread?.length]).toEqual([[], 1]);
    // The message that was found is stored too, so it can be turned green.
    await passing(18, 20);
    expect(await channel()).toMatchObject([{ color: colors.green }]);
  });

  it("between the message and its thread leaves the thread for the next attempt to complete", async () => {
    started.slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 2 });
    await failing(17, 0, { jobs: { a: "failure" } });
    const [message, ...more] = await channel();
    expect([more, message?.thread?.length]).toEqual([[], 1]);
  });

  it("in another failure's thread causes no second post", async () => {
    await failing(19);
    await channel();
    started.slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 2 });
    await failing(20);
    expect((await channel())[0]?.thread).toHaveLength(1);
  });

  it("while it turned messages green leaves the rest to the next attempt", async () => {
    await handled(failing(22));
    await failing(23);
    await channel();
    started.slack.faults.add({ method: "chat.update", kind: "drop-before", after: 1, times: 1 });
    await passing(24);
    const [message] = await channel();
    expect(message).toMatchObject({ color: colors.green, thread: [{ color: colors.neutral }, {}] });
    expect(message?.thread).toHaveLength(2);
  });
});

describe("twenty commits that fail at the same moment", () => {
  it("give one message in the channel and nineteen replies in its thread", { timeout: 90_000 }, async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => failing(index, 0)));
    const [message, ...more] = await channel();
    expect([more, message?.thread?.length]).toEqual([[], 19]);
    await passing(30, 20);
    const [fixed] = await channel();
    expect(fixed?.color).toBe(colors.green);
    expect(fixed?.thread?.filter(({ color }) => color === colors.neutral)).toHaveLength(19);
  });
});

describe("a commit's title and body", () => {
  it.each([
    ["that would ping", "<!channel> <@U0MIRA> fix & <script>alert(1)</script>\n\n<!here> &amp; <#C0ENG>"],
    ["of ten thousand characters", `${"<&>".repeat(4000)}\n\n${"long & longer ".repeat(800)}`],
    ["with characters of four bytes", `${"🦊".repeat(5000)}\n\n${"🦊".repeat(5000)}`],
    ["that are not there", ""],
  ])("are escaped, truncated and valid: %s", async (_, message) => {
    const commit = started.commits[31];
    if (!commit) throw new Error("The local GitHub has too few commits");
    const { message: before } = commit;
    commit.message = message;
    await failing(31);
    const [posted] = await channel();
    expect(posted?.color).toBe(colors.red);
    for (const each of started.slack.messages())
      expect(mentionsIn(each)).toMatchObject({ users: [], broadcasts: [] });
    commit.message = before;
  });
});
