import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { updateAlerts } from "../../functions/deployment-alerts/update-alerts.ts";
import { readConfig } from "../../shared/config.ts";
import { colors } from "../../shared/slack/slack-message.ts";
import { checkRunDelivery } from "../support/check-run-delivery.ts";
import { type DeploySuite, mira, seen, startDeploySuite } from "../support/deploy-suite.ts";
import { type DeployTool, type Step, steps, tools } from "../support/deployment-sources.ts";

let suite: DeploySuite;
beforeAll(async () => {
  process.env.CI_TOOLING_CONFIG = fileURLToPath(
    new URL("../fixtures/four-deploy-tools.yaml", import.meta.url),
  );
  suite = await startDeploySuite();
  for (const { repository } of tools)
    if (!suite.github.state.repositories.some(({ fullName }) => fullName === repository))
      suite.github.state.repositories.push({
        fullName: repository,
        private: true,
        commits: [],
        pullRequests: [],
      });
});
afterAll(() => suite.stop());

let lastNumber = 100;

/** Commits of a service that pass their check: the last one is to be deployed, and the first one is live already. */
async function story(tool: DeployTool) {
  const [live, first, sha] = Array.from({ length: 3 }, () =>
    suite.commit({ author: mira }, tool.repository),
  ) as [string, string, string];
  lastNumber += 10;
  const number = lastNumber;
  const send = async (step: Step, deployed = sha, previous = live, id = number) => {
    const delivery = tool.report(step, id, deployed, previous);
    if (!delivery) return;
    const { status } = await suite.send(
      tool.source,
      delivery.body,
      delivery.event ? { event: delivery.event } : {},
    );
    expect(status).toBe(202);
  };
  // What is live, so that sources that name no commit before this one have one.
  await send("started", live, live, number - 5);
  await send("finished", live, live, number - 5);
  await suite.settled();
  for (const commit of [first, sha])
    await suite.send(
      "github",
      checkRunDelivery({
        sha: commit,
        conclusion: "success",
        repository: tool.repository,
        name: tool.check,
        branch: tool.branch,
      }),
      { event: "check_run" },
    );
  await suite.settled();
  const message = (commit: string) => suite.messagesAbout(commit)[0];
  return { tool, live, first, sha, number, send, message };
}
type Story = Awaited<ReturnType<typeof story>>;

/** Everything that people and dashboards see after all steps. */
async function expectEnd({ tool, first, sha, number, message }: Story) {
  for (const commit of [first, sha]) {
    expect(suite.messagesAbout(commit)).toHaveLength(1);
    expect(seen(message(commit))).toMatchObject({ channel: "D0MIRA", color: colors.green });
    expect(seen(message(commit)).lines.at(-1)).toMatch(
      /^(You|Mira Okafor|mira-okafor) deployed this commit \(.*\) in 5 min( 0 s)?$/,
    );
    expect(suite.repliesTo(message(commit))).toHaveLength(1);
  }
  const failedNumber = tool.source === "github" ? 3_000_000_000 + number : number;
  const finishedNumber = tool.source === "freight" ? number + 1 : failedNumber;
  await suite.local.idle();
  const attempts = await suite.local.query(
    `SELECT number, attempt, status, is_production, sha, run_seconds FROM product_eng.deploys
     WHERE source = '${tool.source}' AND number IN (${failedNumber}, ${finishedNumber}) ORDER BY number, attempt`,
  );
  const common = { is_production: true, sha };
  expect(attempts).toEqual([
    { number: failedNumber, attempt: 1, status: "failed", run_seconds: 180, ...common },
    {
      number: finishedNumber,
      attempt: tool.source === "freight" ? 1 : 2,
      status: "finished",
      run_seconds: 300,
      ...common,
    },
  ]);
  const id = tool.source === "gocd" ? `deploy-relay/${number}` : `${finishedNumber}`;
  expect(
    await suite.local.query(
      `SELECT app, environment, repository, commit_sha, pull_request_number FROM product_eng.deployment_changes_deduplicated
       WHERE source = '${tool.source}' AND deployment_id = '${id}' ORDER BY commit_sha`,
    ),
  ).toEqual(
    [first, sha].sort().map((commit_sha) => ({
      app: tool.service,
      environment: "production",
      repository: tool.repository,
      commit_sha,
      pull_request_number: null,
    })),
  );
}

describe.each(tools)("a deployment by $source", (tool) => {
  it("edits the messages about its commits at each step, replies at its end, and has rows and metrics", async () => {
    const told = await story(tool);
    expect(seen(told.message(told.sha)).color).toBe(colors.neutral);
    const shown: unknown[] = [];
    for (const step of steps) {
      await told.send(step);
      await suite.settled();
      const message = told.message(told.sha);
      shown.push([step, message?.text.split(" ").slice(3).join(" "), suite.repliesTo(message).length]);
    }
    expect(shown).toEqual([
      ["queued", tool.source === "gocd" ? "is ready to deploy" : "is queued to be deployed", 0],
      ["started", "is being deployed", 0],
      ["failed", "was not deployed: the deploy failed", 0],
      ["again", "is being deployed", 0],
      ["finished", "has been deployed", 1],
    ]);
    await expectEnd(told);
  });
});

describe("the feed of a service", () => {
  /** Messages in the channel about a service's deployments, as their readers see them, with the replies to each. */
  const feedOf = (service: string) =>
    suite.slack
      .messages()
      .filter(
        ({ channel, text }) => channel === "C0ENG" && new RegExp(`^Deployment .* of ${service} `).test(text),
      )
      .map((message) => ({ ...seen(message), replies: suite.repliesTo(message).map(({ text }) => text) }));

  it.each([
    ["Billing", "thread", [["The deployment failed."], ["The deployment finished in 5 min 0 s."]]],
    ["relay", "edit-in-place", [[], []]],
  ])(
    "%s, with the mode %s, has a message for each attempt, which says why and how to mute it",
    async (service, _, replies) => {
      const tool = tools.find((one) => one.service === service);
      if (!tool) throw new Error(`No tool deploys ${service}`);
      const told = await story(tool);
      const before = feedOf(service).length;
      for (const step of steps) {
        await told.send(step);
        await told.send(step);
        await suite.settled();
      }
      const [failed, finished, ...others] = feedOf(service).slice(before);
      expect(others).toEqual([]);
      expect([failed?.color, finished?.color]).toEqual([colors.red, colors.green]);
      expect(failed?.lines[0]).toMatch(new RegExp(`^\\*${service}\\*: deployment .* by mira.* failed$`));
      expect(finished?.lines[0]).toMatch(/, attempt 2, finished in 5 min 0 s$/);
      expect(finished?.lines[1]).toContain("Its mode `off` ends that");
      const last = (list: string[] = []) => list.slice(-1);
      expect([last(failed?.replies), last(finished?.replies)]).toEqual(replies);
    },
  );

  describe("of docs, with the mode at-threshold", () => {
    const tool = tools.find(({ service }) => service === "docs");
    const alerts = () =>
      suite.slack
        .messages()
        .filter(({ channel, text }) => channel === "C0ENG" && text.startsWith("docs: "))
        .map(({ text }) => text);
    const run = () => suite.local.runSchedule("deployment-alerts");
    const passed = [
      expect.stringMatching(/^docs: No deployment has finished for \d+ days, and \d+ commits wait$/),
      "docs: The last 2 deployments failed",
      expect.stringMatching(/^docs: A commit has waited for \d+ days to be deployed$/),
    ];
    const over = Array.from({ length: 3 }, () => "docs: deployments have recovered");

    afterEach(() => {
      suite.slack.faults.clear();
      suite.github.faults.clear();
    });

    let lastMinute = 0;
    /** Two deployments fail, and a third one has yet to finish. @returns a function that lets it finish */
    async function failTwice() {
      if (!tool) throw new Error("No tool deploys docs");
      const told = await story(tool);
      const report = async (id: number, status: string) => {
        const timestamp = new Date(Date.UTC(2026, 10, 2, 13, ++lastMinute)).toISOString();
        const data = {
          ...{ app: "docs", environment: "production", id, status },
          ...{ sha: told.sha, previous_sha: told.live },
        };
        await suite.send("report", { type: "deployment", timestamp, data });
        await suite.settled();
      };
      await report(told.number + 1, "failed");
      await report(told.number + 2, "failed");
      return () => report(told.number + 3, "finished");
    }

    it("it has one message for each passed threshold, edited when it is over, also if two runs work at once", async () => {
      const finish = await failTwice();
      const [first] = await Promise.all([run(), run()]);
      await run();
      expect(first).toEqual({ open: ["docs stalled", "docs failing", "docs waiting"] });
      expect(alerts()).toEqual(passed);
      await finish();
      expect(await Promise.all([run(), run()])).toEqual([{ open: [] }, { open: [] }]);
      expect(alerts()).toEqual(over);
    });

    it.each([
      [
        "GitHub compares the commits",
        (): void => suite.github.faults.add({ path: "/compare/", kind: "drop" }),
      ],
      ...(["drop-before", "drop-after"] as const).flatMap((kind) =>
        [0, 1, 2].map((after): [string, () => void] => [
          `message ${after + 1} is ${kind === "drop-before" ? "sent" : "stored"}`,
          () => {
            for (const method of ["chat.postMessage", "chat.update"])
              suite.slack.faults.add({ method, kind, after });
          },
        ]),
      ),
    ])("a run that dies when %s is completed by the next one, and nothing is said twice", async (_, fail) => {
      const finish = await failTwice();
      const before = alerts().length;
      const dieOnce = async () => {
        fail();
        await expect(run()).rejects.toThrow("500 deployment-alerts failed");
        suite.slack.faults.clear();
        suite.github.faults.clear();
        await run();
      };
      await dieOnce();
      expect(alerts().slice(before)).toEqual(passed);
      await finish();
      await dieOnce();
      expect(alerts().slice(before)).toEqual(over);
    });
  });

  it("that speaks at thresholds ends its message when the service is renamed in ci-tooling.yaml", async () => {
    const { services } = readConfig(process.env);
    const renamed = services.map((one) => (one.name === "docs" ? { ...one, name: "handbook" } : one));
    const alerts = () => suite.slack.messages().filter(({ text }) => /^(docs|handbook): The last/.test(text));
    const ended = () =>
      suite.slack
        .messages()
        .filter((message) => JSON.stringify(message).includes("does not name docs any more"));
    for (const [index, status] of ["failed", "failed"].entries()) {
      const data = { app: "docs", environment: "production", id: 90_000 + index, status };
      const timestamp = `2026-11-02T14:0${index}:00Z`;
      await suite.send("report", { type: "deployment", timestamp, data });
    }
    await suite.settled();
    await suite.local.runSchedule("deployment-alerts");
    expect(alerts().map(({ text }) => text)).toEqual(["docs: The last 2 deployments failed"]);
    await Promise.all([1, 2].map(() => updateAlerts(renamed, new Date())));
    expect(alerts().map(({ text }) => text)).toEqual(["handbook: The last 2 deployments failed"]);
    expect(ended()).toHaveLength(1);
    await suite.local.runSchedule("deployment-alerts");
    expect(alerts().map(({ text }) => text)).toEqual(["docs: The last 2 deployments failed"]);
  });

  it("that has none stays silent", () => {
    expect([...feedOf("docs"), ...feedOf("getsentry")]).toEqual([]);
  });
});

describe("deployments of four services by four tools", () => {
  it("at the same time, with each report twice, end as if each were alone", async () => {
    const stories = await Promise.all(tools.map(story));
    for (const step of steps) {
      await Promise.all([...stories, ...stories].map((told) => told.send(step)));
      await suite.settled();
    }
    for (const told of stories) await expectEnd(told);
  });

  it("whose reports all arrive at once end as finished", async () => {
    const stories = await Promise.all(tools.map(story));
    await Promise.all(stories.flatMap((told) => steps.toReversed().map((step) => told.send(step))));
    await suite.settled();
    for (const { sha, message } of stories) {
      expect(message(sha)?.text).toMatch(/has been deployed$/);
      expect(suite.repliesTo(message(sha))).toHaveLength(1);
    }
  });
});
