import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signAssertion } from "../../infra/emulators/iap/sign-assertion.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { type DeploySuite, startDeploySuite } from "../support/deploy-suite.ts";

const OPERATOR = "jonas.lindqvist@sentry.io";
const VIEWER = "mira.okafor@sentry.io";
let suite: DeploySuite;
beforeAll(async () => {
  suite = await startDeploySuite();
});
afterAll(() => suite.stop());

const iap = () => {
  const running = suite.services.iap?.current;
  if (!running) throw new Error("IAP_PUBLIC_KEYS_URL is set: these tests need the local emulator");
  return running;
};
/** As a browser of a person who is signed in. */
const visit = async (path: string, email: string | null, init: RequestInit = {}) => {
  const cookie = email === null ? {} : { cookie: `GCP_IAP_LOCAL=${encodeURIComponent(email)}` };
  const headers = { accept: "text/html", ...cookie, ...init.headers };
  const response = await fetch(`${iap().url}${path}`, { ...init, headers });
  const html = await response.text();
  return { status: response.status, text: toText(html), html };
};
const replay = (email: string, headers: Record<string, string> = { origin: iap().url }) =>
  visit("/dead-letters", email, {
    method: "POST",
    headers,
    body: new URLSearchParams({ action: "replay" }),
  });
const toText = (html: string) => html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");

describe("the console in the cloud", () => {
  it("finds a delivery by id, sha and source, and shows its outcomes", async () => {
    const sha = suite.commit();
    const id = await suite.pass(sha);
    for (const text of [id, sha, sha.slice(0, 9)]) {
      const found = await visit(`/?${new URLSearchParams({ text })}`, VIEWER);
      expect([text, found.status, found.text]).toEqual([
        text,
        200,
        expect.stringMatching(/1 event .*github\.check_run\.completed/),
      ]);
    }
    expect((await visit("/?source=freight", VIEWER)).text).toContain("No event matches.");

    const event = await visit(`/deliveries/event/${id}`, VIEWER);
    expect(event.text).toMatch(/ deploy-ready acted it has done its work /);
    expect(event.text).toMatch(/ incidents nothing the event is not about an incident /);
    expect(event.text).not.toContain("Nobody was told");
  });

  it("says why nobody was told", async () => {
    const id = await suite.report({ number: 9001, status: "queued", sha: "f".repeat(40) });
    const other = suite.commit({ author: { login: "renovate[bot]", name: "Renovate", email: "bot@x.dev" } });
    const byBot = await suite.pass(other);
    expect((await visit(`/deliveries/event/${byBot}`, VIEWER)).text).toMatch(
      /Nobody was told, because .*it was made by a bot.*deploy-ready nothing it was made by a bot/,
    );
    expect((await visit(`/deliveries/event/${id}`, VIEWER)).text).toMatch(
      /required-checks nothing it is not a completed required check of a deployed branch/,
    );
    expect((await visit("/deliveries/event/none", VIEWER)).status).toBe(404);
  });

  it("finds what a person did under another of their names", async () => {
    // deploy-ready has stored the member whose commit was ready above: Freight knows the address, GitHub the login.
    for (const text of ["mira.okafor@sentry.io", "mira-okafor", "U0MIRA"])
      expect([text, (await visit(`/?${new URLSearchParams({ text })}`, VIEWER)).text]).toEqual([
        text,
        expect.stringContaining("freight.deploy.queued"),
      ]);
    expect((await visit("/?text=jonas.lindqvist@sentry.io", VIEWER)).text).toContain("No event matches.");
  });

  it("says why the bot was asked for nothing, which only the log has", async () => {
    const message = fixture("slack/message-im") as { event: object };
    const { eventId } = await suite.send("slack", {
      ...message,
      event: { ...message.event, bot_id: "B0OTHER" },
    });
    await suite.local.idle();
    const page = (await visit(`/deliveries/event/${eventId}`, VIEWER)).text;
    expect(page).toMatch(/slack-app nothing it asks the bot for nothing/);
    expect(page).toMatch(/Nobody was told, because .*it asks the bot for nothing/);
    expect(page).toMatch(/Log Time .*INFO slack-app Nothing to do: it asks the bot for nothing/);
  });

  it("lets operators replay dead letters, and viewers read them", async () => {
    suite.slack.faults.add({ method: "chat.postMessage", kind: "error", error: "fatal_error" });
    await suite.local.say({ user: "U0MIRA", text: "help" });
    await suite.local.idle();
    suite.slack.faults.clear();
    const [given] = await suite.local.events();
    const listed = await visit("/dead-letters", VIEWER);
    expect(listed.text).toContain(given?.id);
    expect(listed.text).toMatch(/slack-app \d+ .*fatal_error/);
    expect((await visit("/dead-letters?cause=fatal_error", VIEWER)).text).toContain(given?.id);
    expect((await visit("/dead-letters?cause=other", VIEWER)).text).toContain("No dead letter matches.");
    expect(listed.text).not.toContain("Replay");
    expect((await visit(`/deliveries/event/${given?.id}`, VIEWER)).text).toMatch(
      /slack-app gave up every attempt failed after 5 attempts.*fatal_error/,
    );

    expect((await replay(VIEWER)).status).toBe(403);
    expect((await replay(OPERATOR, { origin: "https://evil.example" })).status).toBe(403);
    expect((await replay(OPERATOR, {})).status).toBe(403);
    // Publishing is at-least-once: on a slow machine a retry may have published the event twice.
    const [waiting] = /\d+ dead letters?\b/.exec((await visit("/dead-letters", OPERATOR)).text) ?? [];
    const replayed = await replay(OPERATOR);
    expect([replayed.status, replayed.text]).toEqual([
      200,
      expect.stringContaining(`${waiting} delivered again`),
    ]);
    await suite.local.idle();
    expect(suite.slack.messages().filter(({ text }) => text.includes("What you can ask me"))).toHaveLength(1);
    expect((await visit(`/deliveries/event/${given?.id}`, VIEWER)).text).toMatch(/slack-app acted/);
  });

  it("lets operators run a schedule, and viewers read the runs", async () => {
    const before = await visit("/schedules", VIEWER);
    expect(before.text).toMatch(/redeliver .*\*\/5 \* \* \* \*/);
    expect(before.text).not.toContain("Run now");
    const run = (email: string, name: string, headers: Record<string, string> = { origin: iap().url }) =>
      visit(`/schedules/${name}/run`, email, { method: "POST", headers, redirect: "manual" });
    expect((await run(VIEWER, "prune")).status).toBe(403);
    expect((await run(OPERATOR, "prune", { origin: "https://evil.example" })).status).toBe(403);
    expect((await run(OPERATOR, "github")).status).toBe(404);
    expect((await run(OPERATOR, "prune")).status).toBe(303);
    expect((await visit("/schedules?started=prune", OPERATOR)).text).toContain("prune is called.");
    // Cloud Scheduler does not wait for the run.
    const readSection = async () => {
      const { html } = await visit("/schedules", VIEWER);
      return toText(html.split('data-schedule="prune"')[1]?.split("</section>")[0] ?? "");
    };
    expect(before.html.split('data-schedule="prune"')[1]?.split("</section>")[0]).not.toContain("Started");
    await expect.poll(readSection, { timeout: 30_000 }).toMatch(/Started .*200/);
  });

  it("shows its pages while Cloud Logging and Cloud Scheduler do not respond", async () => {
    const { logging, scheduler } = suite.services;
    await Promise.all([logging?.stop(), scheduler?.stop()]);
    const schedules = await visit("/schedules", VIEWER);
    expect([schedules.status, schedules.text]).toEqual([
      200,
      expect.stringMatching(/Cloud Scheduler does not respond.*Cloud Logging does not respond.*redeliver/),
    ]);
    const [event] = await suite.local.events();
    const page = await visit(`/deliveries/event/${event?.id}`, VIEWER);
    expect([page.status, page.text]).toEqual([
      200,
      expect.stringContaining("Cloud Logging does not respond"),
    ]);
    expect((await visit("/dead-letters", VIEWER)).status).toBe(200);
    await Promise.all([logging?.start(), scheduler?.start()]);
  });

  it("explains deploys", async () => {
    expect((await visit("/explain?deploy=none", VIEWER)).status).toBe(400);
    expect((await visit("/explain?deploy=getsentry%2399", VIEWER)).status).toBe(404);
  });

  it("responds to nobody who did not pass the proxy", async () => {
    const url = `${suite.url}/console/`;
    const ask = async (assertion?: string) => {
      const headers = assertion === undefined ? {} : { "x-goog-iap-jwt-assertion": assertion };
      return (await fetch(url, { headers })).status;
    };
    const now = Math.floor(Date.now() / 1000);
    const own = { email: VIEWER, audience: process.env.IAP_AUDIENCE ?? "", issuedAt: now };
    const { key } = iap();
    expect(await ask()).toBe(401);
    expect(await ask("a.b.c")).toBe(401);
    expect(await ask(signAssertion(key, own))).toBe(200);
    expect(await ask(signAssertion(key, { ...own, audience: "/projects/1/apps/other" }))).toBe(401);
    expect(await ask(signAssertion(key, { ...own, issuedAt: now - 3600 }))).toBe(401);
    expect(await ask(`${signAssertion(key, own).split(".").slice(0, 2).join(".")}.AAAA`)).toBe(401);
    expect((await visit("/", "stranger@example.com")).status).toBe(403);
    expect((await visit("/nothing", VIEWER)).status).toBe(404);
  });
});
