import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { database } from "../../shared/database/database.ts";
import { users } from "../../shared/database/schema.ts";
import { findUserBySlackId, linkGitHub, saveMember } from "../../shared/database/users.ts";
import { checkRunDelivery } from "../support/check-run-delivery.ts";
import { type DeploySuite, mira, startDeploySuite } from "../support/deploy-suite.ts";

let suite: DeploySuite;
beforeAll(async () => {
  suite = await startDeploySuite();
});
afterEach(() => suite.slack.faults.clear());
afterAll(() => suite.stop());

const said = (sha: string) => suite.messagesAbout(sha);

describe("the same event", () => {
  const deliver = (sha: string) =>
    suite.send("github", checkRunDelivery({ sha, conclusion: "success" }), {
      event: "check_run",
      id: `d-${sha}`,
    });

  it("delivered five times posts one message", async () => {
    const sha = suite.commit();
    for (let time = 0; time < 5; time++) await deliver(sha);
    await suite.settled();
    expect(said(sha)).toHaveLength(1);
  });

  it("delivered five times concurrently posts one message", async () => {
    const sha = suite.commit();
    await Promise.all(Array.from({ length: 5 }, () => deliver(sha)));
    await suite.settled();
    expect(said(sha)).toHaveLength(1);
  });

  it("finds its message when Slack's response was lost, and can change it later", async () => {
    const [previousSha, sha] = [suite.commit(), suite.commit()];
    suite.slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
    const id = await suite.pass(sha);
    expect(await suite.outcome(id, "deploy-ready")).toEqual({ outcome: "acknowledged", attempts: 2 });
    await suite.report({ number: 7000, status: "canceled", sha, previousSha });
    expect(said(sha).map(({ text }) => text)).toEqual([
      `Your commit ${sha.slice(0, 7)} was not deployed: the deploy was canceled`,
    ]);
  });
});

it("a retry goes to the member whom the first attempt chose, although somebody else is linked now", async () => {
  const sha = suite.commit();
  suite.slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
  suite.slack.faults.add({ method: "conversations.history", kind: "drop-before" });
  const id = `moved-${sha}`;
  const deliver = async () => {
    await suite.send("github", checkRunDelivery({ sha, conclusion: "success" }), { event: "check_run", id });
    await suite.settled();
  };
  await deliver();
  expect(await suite.outcome(id, "deploy-ready")).toMatchObject({ outcome: "dead-lettered" });
  suite.slack.faults.clear();
  const { id: tomas } = await saveMember(database(), {
    slackUser: "U0TOMAS",
    email: "tomas.novak@sentry.io",
  });
  const linked = await findUserBySlackId(database(), "U0MIRA");
  await database().update(users).set({ githubUser: null }).where(eq(users.slackUser, "U0MIRA"));
  await linkGitHub(database(), tomas, mira.login);
  await deliver();
  expect(said(sha)).toMatchObject([{ channel: "D0MIRA" }]);
  await database().update(users).set({ githubUser: null }).where(eq(users.id, tomas));
  await database()
    .update(users)
    .set({ githubUser: linked?.githubUser ?? null })
    .where(eq(users.slackUser, "U0MIRA"));
});
