import { expect, it } from "vitest";
import { webhookExamples } from "../../functions/github/webhook-examples.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { describeInBrowser, withConsole } from "../support/browser.ts";

const issue = webhookExamples.find(({ event }) => event === "issues")?.payload ?? {};
const outside = `<img src=x onerror="document.title='taken'">`;

describeInBrowser("the console's list of deliveries", () => {
  const suite = withConsole();
  const sendIssue = (id: string) => suite.send("github", issue, { event: "issues", id });

  it("explains what to do while it is empty, and shows new deliveries without a reload", async () => {
    const { page, problems } = await suite.openPage();
    await page.goto("/");
    await expect.poll(() => page.textContent("main")).toContain("npm run demo");
    await page.click("text=Connect >> nth=0");
    expect(await page.textContent("main")).toContain(
      `smee-client --url https://smee.io/… --target ${suite.url}/github`,
    );
    await page.goto("/");
    await sendIssue("live-1");
    const row = page.locator("[data-delivery]").first();
    await expect
      .poll(() => row.textContent(), { timeout: 20_000 })
      .toMatch(/github.*github\.issues.*202.*metrics acknowledged/);
    expect(await page.textContent(".count")).toBe("1 delivery");
    expect(problems).toEqual([]);
    await page.close();
  });

  it("includes refused deliveries, with the reason", async () => {
    const { page } = await suite.openPage();
    await suite.send("github", issue, { event: "issues", id: "refused-1", secret: "not the secret" });
    await page.goto("/?text=401");
    const row = page.locator("[data-delivery]").first();
    expect(await row.textContent()).toMatch(/github\.issues.*401.*Signature-256 does not match/);
    await page.close();
  });

  it("filters by source, type and text as the user types", async () => {
    await sendIssue("filtered-1");
    await suite.send("freight", fixture("freight/deploy-finished"));
    await suite.settled();
    const { page } = await suite.openPage();
    await page.goto("/");
    const rows = page.locator("[data-delivery]");
    await page.selectOption("select[name=source]", "freight");
    await expect.poll(() => rows.count()).toBe(1);
    expect(await rows.textContent()).toContain("freight.deploy.finished");
    expect(page.url()).toContain("source=freight");
    await page.selectOption("select[name=source]", "");
    await page.fill("input[name=type]", "github.issues");
    await expect.poll(() => rows.allTextContents()).toContainEqual(expect.stringContaining("github.issues"));
    await expect.poll(() => rows.allTextContents()).not.toContainEqual(expect.stringContaining("freight"));
    await page.fill("input[name=type]", "");
    await page.fill("input[name=text]", "no such thing");
    await expect.poll(() => page.textContent(".count")).toMatch(/^0 of \d+ deliveries$/);
    await page.click("text=Clear the filters");
    await expect.poll(() => rows.count()).toBeGreaterThan(1);
    expect(await page.inputValue("input[name=text]")).toBe("");
    await page.close();
  });

  it("does not change while it is paused", async () => {
    await sendIssue("before-pause-1");
    await suite.settled();
    const { page } = await suite.openPage();
    await page.goto("/");
    const before = await page.locator("[data-delivery]").count();
    await page.click("[data-pause]");
    await sendIssue("paused-1");
    await suite.settled();
    await page.waitForTimeout(600);
    expect(await page.locator("[data-delivery]").count()).toBe(before);
    await page.click("[data-pause]");
    await expect.poll(() => page.locator("[data-delivery]").count()).toBe(before + 1);
    await page.close();
  });

  it("works without scripts", async () => {
    await sendIssue("scriptless-1");
    await suite.settled();
    const { page } = await suite.openPage({ javaScriptEnabled: false });
    await page.goto("/");
    await page.fill("input[name=text]", "scriptless-1");
    await page.click("text=Filter");
    expect(await page.locator("[data-delivery]").count()).toBe(1);
    await page.click("[data-delivery] a");
    await page.click("button:text-is('Redeliver, same id')");
    expect(await page.textContent("main")).toContain("Replay of");
    await page.close();
  });

  it("links to a page with the event, payload, rows and headers, and no credential", async () => {
    await suite.send("github", issue, { event: "issues", id: "page-1" });
    await suite.send("freight", fixture("freight/deploy-finished"));
    await suite.settled();
    const { page, problems } = await suite.openPage();
    await page.goto("/?text=page-1");
    await page.click("[data-delivery] a");
    const text = await page.textContent("main");
    expect(JSON.parse((await page.textContent("#event")) ?? "")).toMatchObject({
      id: "page-1",
      source: "github",
    });
    expect(JSON.parse((await page.textContent("#payload")) ?? "")).toEqual(issue);
    expect(text).toContain("product_eng.events");
    expect(text).toContain("open_source.github_events");
    expect(await page.textContent(".headers")).toMatch(/x-hub-signature-256\s*hidden/);
    expect(await page.content()).not.toMatch(/sha256=[0-9a-f]/);
    await page.goto("/?source=freight");
    await page.click("[data-delivery] a");
    expect(await page.content()).not.toContain("Bearer");
    expect(problems).toEqual([]);
    await page.close();
  });

  it("replays a delivery as the same event, and nothing happens twice", async () => {
    const { page } = await suite.openPage();
    await page.goto("/?text=page-1");
    await page.click("[data-delivery] a");
    const first = page.url();
    await page.click("button:text-is('Redeliver, same id')");
    await page.waitForURL((url) => url.href !== first);
    expect(await page.textContent(".facts")).toMatch(/202.*page-1.*Replay of/s);
    await suite.settled();
    const [row] = await suite.local.query<{ n: number }>(
      "SELECT COUNT(*) AS n FROM product_eng.events_deduplicated WHERE event_id = 'page-1'",
    );
    expect(row?.n).toBe(1);
    await page.close();
  });

  it("sends an edited body, freshly signed, as a new delivery", async () => {
    await sendIssue("edited-1");
    await suite.local.idle();
    const { page, problems } = await suite.openPage();
    await page.goto("/?text=edited-1");
    await page.click("[data-delivery] a");
    await page.click("text=Edit and replay");
    await page.fill("#body", "{ not json");
    await page.click("button:text-is('Send')");
    expect(await page.textContent("[role=alert]")).toContain("The body is not JSON");
    const changed = structuredClone(issue) as { issue: { title: string } };
    changed.issue.title = outside;
    await page.fill("#body", JSON.stringify(changed));
    await page.press("#body", "Control+Enter");
    await page.waitForURL(/deliveries\/\d+$/);
    const facts = (await page.textContent(".facts")) ?? "";
    expect(facts).toMatch(/202/);
    expect(facts).not.toContain("edited-1");
    await page.locator("#results code", { hasText: /^product_eng\.events$/ }).waitFor();
    // Text from a sender is shown as text, never as markup.
    expect(await page.textContent("#payload")).toContain(JSON.stringify(outside));
    expect(await page.title()).not.toBe("taken");
    expect(problems.filter((problem) => !problem.includes("400"))).toEqual([]);
    await page.close();
  });

  it("gives an edited Slack delivery a new event id", async () => {
    const mention = fixture("slack/app-mention") as { event_id: string; event: { text: string } };
    const { eventId } = await suite.send("slack", mention);
    await suite.settled();
    const { page } = await suite.openPage();
    await page.goto(`/?text=${eventId}`);
    await page.click("[data-delivery] a");
    await page.click("text=Edit and replay");
    await page.fill(
      "#body",
      JSON.stringify({ ...mention, event: { ...mention.event, text: "<@U0BOT> hello" } }),
    );
    await page.click("button:text-is('Send')");
    await page.waitForURL(/deliveries\/\d+$/);
    expect(await page.textContent(".facts")).toContain("200");
    expect(await page.textContent(".facts")).not.toContain(String(eventId));
    await page.close();
  });

  it("shows which attempt failed and why, until the event is dead-lettered", async () => {
    await suite.services.warehouse?.stop();
    try {
      await suite.send("github", issue, { event: "issues", id: "lost-1" });
      const { page } = await suite.openPage();
      await page.goto("/?text=lost-1");
      await expect
        .poll(() => page.textContent("[data-delivery]"), { timeout: 60_000, interval: 500 })
        .toMatch(/metrics (retrying \d\/5|dead-lettered)/);
      await page.click("[data-delivery] a");
      expect(await page.textContent(".subscribers")).toMatch(
        /attempt 1, \d+ ms 500 .*(ECONNREFUSED|fetch failed|connect)/,
      );
      await page.close();
    } finally {
      await suite.services.warehouse?.start();
    }
  }, 90_000);

  it("responds 404 for a number that no delivery has", async () => {
    const { page } = await suite.openPage();
    expect((await page.goto("/deliveries/4711"))?.status()).toBe(404);
    expect(await page.textContent("main")).toContain("No delivery has the number 4711");
    await page.close();
  });
});
