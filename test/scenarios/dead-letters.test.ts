import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { webhookExamples } from "../../functions/github/webhook-examples.ts";
import { localCauses } from "../../infra/dead-letters/causes.ts";
import { type DeploySuite, startDeploySuite } from "../support/deploy-suite.ts";

let suite: DeploySuite;
beforeAll(async () => {
  suite = await startDeploySuite();
});
afterAll(() => suite.stop());
beforeEach(() => suite.slack.faults.clear());

const page = async (query = "") => {
  const response = await fetch(`${suite.url}/dead-letters${query}`, { headers: { accept: "text/html" } });
  return toText(await response.text());
};
const post = async (fields: Record<string, string>) => {
  const response = await fetch(`${suite.url}/dead-letters`, {
    method: "POST",
    body: new URLSearchParams(fields),
  });
  return { status: response.status, text: toText(await response.text()) };
};
const toText = (html: string) => html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
/** A member asks the bot for help, which Slack refuses to post until the event is a dead letter. */
const giveUp = async (error: string) => {
  suite.slack.faults.add({ method: "chat.postMessage", kind: "error", error });
  await suite.local.say({ user: "U0MIRA", text: "help" });
  await suite.settled();
  suite.slack.faults.clear();
  const [event] = await suite.local.events();
  return event?.id ?? "";
};
const answers = () =>
  suite.slack.messages().filter(({ text }) => text.includes("What you can ask me")).length;

describe("the page Dead letters", () => {
  it("groups by cause, and replays one group to the subscriber that gave up", async () => {
    expect(await page()).toContain("There are no dead letters.");
    const [first, second] = [await giveUp("fatal_error"), await giveUp("team_access_not_granted")];
    const listed = await page();
    for (const text of [
      "2 dead letters",
      "slack-app 1",
      "fatal_error",
      "team_access_not_granted",
      first,
      second,
    ])
      expect(listed).toContain(text);
    expect(await page("?cause=fatal_error")).toContain("1 dead letter ");
    expect(await page("?type=slack.nothing")).toContain("No dead letter matches.");

    const group = { subscriber: "slack-app", cause: "fatal_error" };
    expect((await post({ ...group, action: "dry-run" })).text).toContain(
      "1 dead letter would be delivered again",
    );
    expect(await page()).toContain("2 dead letters");
    const before = answers();
    expect((await post({ ...group, action: "replay" })).text).toContain("1 dead letter delivered again");
    await suite.settled();
    expect(answers()).toBe(before + 1);
    const left = await page();
    expect(left).toContain(second);
    expect(left).not.toContain(first);
    const row = (await suite.local.events()).find(({ id }) => id === first);
    const replayed = row?.subscribers.filter(({ subscription }) => subscription.endsWith("-replay"));
    expect(replayed).toMatchObject([{ function: "slack-app", outcome: "acknowledged" }]);
    expect((await post({ action: "replay" })).text).toContain("1 dead letter delivered again");
    await suite.settled();
    expect(answers()).toBe(before + 2);
  });

  it("is not alone: Suite health counts them too, and no delay of an event that happened years ago", async () => {
    await giveUp("fatal_error");
    const old = webhookExamples.find(({ event }) => event === "issues")?.payload ?? {};
    await suite.send("github", old, { event: "issues", id: "years-ago" });
    await suite.local.idle();
    const response = await fetch(`${suite.url}/dashboards/suite_health`, {
      headers: { accept: "text/html" },
    });
    const html = await response.text();
    const readSingle = (tile: string) =>
      toText(html.slice(html.indexOf(`id="tile-${tile}"`)).split('class="single"')[1] ?? "").split(" ")[1];
    const [row] = await suite.local.query<{ n: number }>(
      "SELECT COUNT(*) AS n FROM product_eng.dead_letter_events",
    );
    expect(row?.n).toBeGreaterThan(0);
    expect(readSingle("dead_letters")).toBe(String(row?.n));
    const [delay] = await suite.local.query<{ seconds: number }>(
      "SELECT MAX(delay_seconds_max) AS seconds FROM product_eng.events_by_minute",
    );
    expect(delay?.seconds).toBeLessThanOrEqual(3 * 86_400);
  });

  it("lists an event whose replay failed again", async () => {
    const id = await giveUp("fatal_error");
    suite.slack.faults.add({ method: "chat.postMessage", kind: "error", error: "fatal_error" });
    await post({ action: "replay" });
    await suite.settled();
    suite.slack.faults.clear();
    expect(localCauses(await suite.local.events()).get(`${id} slack-app`)).toContain("fatal_error");
    expect(await page()).toContain(id);
    await post({ action: "replay" });
    await suite.settled();
    expect(await page()).toContain("There are no dead letters.");
  });

  it("refuses a replay that another site asks for", async () => {
    const response = await fetch(`${suite.url}/dead-letters`, {
      method: "POST",
      headers: { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
      body: new URLSearchParams({ action: "replay" }),
    });
    expect(response.status).toBe(403);
  });
});
