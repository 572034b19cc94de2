import { createServer, type RequestListener } from "node:http";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listen } from "../../infra/emulators/lib/listen.ts";
import { database } from "../../shared/database/database.ts";
import { linkGitHub, saveMember } from "../../shared/database/users.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { type CheckRun, checkRunDelivery } from "../support/check-run-delivery.ts";
import { withConversation } from "../support/slack-conversation.ts";

/** An open transaction lets no other connection of PGlite's single session through. */
const BLOCKED_AFTER_MS = 5000;

const conversation = withConversation();
/** Requests to GitHub during which Postgres let nobody else through. */
const blocked: string[] = [];
/** Paths of all requests to GitHub. */
const asked: string[] = [];
const observer = createServer((request, response) => void forward(request, response));

beforeAll(async () => {
  process.env.GITHUB_API_URL = `http://127.0.0.1:${await listen(observer, 0)}`;
  const { id } = await saveMember(database(), { slackUser: "U0MIRA", email: "mira.okafor@sentry.io" });
  await linkGitHub(database(), id, "mira-okafor");
});
afterAll(() => observer.close());

/** Responds as the GitHub emulator does, but only after another connection to Postgres was let through, or waited too long. */
async function forward(...[request, response]: Parameters<RequestListener>) {
  const path = request.url ?? "";
  asked.push(path);
  if (!(await letsThrough())) blocked.push(path);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = "GET", headers } = request;
  const { authorization = "", accept = "" } = headers;
  const sent = await fetch(`${conversation.github.url}${path}`, {
    method,
    headers: { authorization, accept, "content-type": headers["content-type"] ?? "application/json" },
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
  const links = sent.headers.get("link");
  response.writeHead(sent.status, {
    "content-type": sent.headers.get("content-type") ?? "text/plain",
    ...(links !== null && {
      link: links.replaceAll(conversation.github.url, `${process.env.GITHUB_API_URL}`),
    }),
  });
  response.end(Buffer.from(await sent.arrayBuffer()));
}

async function letsThrough(): Promise<boolean> {
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL,
    connectionTimeoutMillis: BLOCKED_AFTER_MS,
    query_timeout: BLOCKED_AFTER_MS,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    client.end().catch(() => {});
  }
}

function commits() {
  const found = conversation.github.state.repositories.find(
    ({ fullName }) => fullName === "getsentry/getsentry",
  );
  return found?.commits ?? [];
}
const sha = (index: number) => commits().at(index)?.sha ?? "";

async function deliver(source: string, body: object, event?: string) {
  await conversation.suite.send(source, body, event === undefined ? {} : { event });
  await conversation.suite.settled();
}
const check = (run: CheckRun) => deliver("github", checkRunDelivery(run), "check_run");
const deploy = (status: string, number: number, index: number, previous: number) =>
  deliver("freight", {
    ...fixture(`freight/deploy-${status}`),
    deploy_number: number,
    sha: sha(index),
    previous_sha: sha(previous),
  });

it.each<[string, () => Promise<unknown>, RegExp]>([
  ["a deploy finishes", () => deploy("finished", 9001, -6, -7), /\/compare\//],
  ["a commit is ready to deploy", () => check({ sha: sha(-2), conclusion: "success" }), /\/compare\//],
  [
    "undeployed commits are shown",
    async () => {
      const message = conversation.slack.messages().findLast(({ text }) => text.startsWith("Your commit"));
      if (!message) throw new Error("No commit was announced");
      await conversation.press(message, { user: "U0MIRA", actionId: "view-undeployed-commits" });
    },
    /\/compare\//,
  ],
  ["a deploy of it starts", () => deploy("started", 9002, -2, -6), /\/compare\//],
  ["the branch turns red", () => check({ sha: sha(-1), conclusion: "failure" }), /\/commits\//],
  [
    "a check fails in the merge queue",
    () =>
      check({
        ...{ sha: "b".repeat(40), conclusion: "failure" },
        branch: `gh-readonly-queue/master/pr-5003-${"b".repeat(40)}`,
      }),
    /\/pulls\/5003/,
  ],
  [
    "an incident is opened",
    () =>
      deliver("report", {
        type: "incident",
        data: {
          ...{ id: "INC-1", title: "Slow", severity: "critical", status: "opened", service: "getsentry" },
          ...{ opened_at: new Date().toISOString(), sha: sha(-7) },
        },
      }),
    /\/compare\//,
  ],
  [
    "workflows are cancelled",
    () =>
      conversation.say({
        user: "U0MIRA",
        text: "gha cancel https://github.com/getsentry/sentry/pull/22500",
      }),
    /\/actions\/runs/,
  ],
  [
    "TypeScript is counted",
    () => conversation.say({ user: "U0MIRA", text: "typescript" }),
    /\/(git|tarball|zipball|contents)/,
  ],
])("GitHub is asked outside of transactions when %s", async (_, act, path) => {
  asked.length = 0;
  blocked.length = 0;
  await act();
  expect(asked).toContainEqual(expect.stringMatching(path));
  expect(blocked).toEqual([]);
});
