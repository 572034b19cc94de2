import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { describeInBrowser, keepScreenshot, violationsOn, withConsole } from "../support/browser.ts";

const MB = 1_000_000;
const failed = fixture("github/check-run-failed") as { check_run: object };
const passed = {
  ...failed,
  check_run: { ...failed.check_run, conclusion: "success", external_id: "needle" },
};

describeInBrowser("a delivery in the console", () => {
  const suite = withConsole();
  beforeAll(async () => {
    const send = (payload: object, id: string, secret?: string) =>
      suite.send("github", payload, { event: "check_run", id, ...(secret !== undefined && { secret }) });
    await send(failed, "check-1");
    await send(passed, "check-1");
    await send(failed, "check-2", "not the secret");
    await suite.send("freight", fixture("freight/deploy-finished"));
    await suite.settled();
  });
  const numbersOn = (page: Page): Promise<number[]> =>
    page.evaluate(
      "[...document.querySelectorAll('[data-delivery]')].map((row) => Number(row.dataset.delivery))",
    );

  it("is found by response, repository, actor, time and the search syntax, all in the address", async () => {
    const { page } = await suite.openPage();
    for (const [query, numbers] of [
      ["response=401", [3]],
      ["repository=getsentry/getsentry", [2, 1]],
      ["actor=getsentry-bot&outcome=acknowledged", [2, 1]],
      ["from=2000-01-01T00:00&to=2001-01-01T00:00", []],
      ["text=status:4xx", [3]],
      ["text=-source:github", [4]],
      ["text=payload:needle", [2]],
    ] as const) {
      await page.goto(`/?${query}`);
      expect([query, await numbersOn(page)]).toEqual([query, numbers]);
    }
    await page.goto("/");
    await page.click("text=Search syntax");
    expect(await page.textContent(".syntax")).toContain("outcome:retrying, outcome:dead-lettered");
    await page.click("nav[aria-label='Quick filters'] >> text=refused");
    await expect.poll(() => numbersOn(page), { timeout: 20_000 }).toEqual([3]);
    await page.close();
  });

  it("is replayed with others from the keyboard: first a dry run, then at a rate", async () => {
    const { page, problems } = await suite.openPage();
    await page.goto("/");
    const before = (await suite.local.events()).find(({ id }) => id === "check-1")?.deliveries;
    await page.focus("[data-search]");
    await page.keyboard.type("event:check-1");
    await expect.poll(() => numbersOn(page)).toEqual([2, 1]);
    await page.focus("#pick-all");
    await page.keyboard.press("Space");
    await page.focus("#pick-1");
    await page.keyboard.press("Space");
    await page.focus("#bulk button[value=selected]");
    await page.keyboard.press("Enter");
    await page.waitForURL(/deliveries\/replay\?/);
    expect(await page.textContent("h1")).toBe("Replay 1 delivery");
    expect(await page.textContent("main")).toContain("Nothing has been sent yet");
    expect((await suite.local.events()).find(({ id }) => id === "check-1")?.deliveries).toBe(before);
    await page.goto("/deliveries/replay?which=found&text=event:check-1");
    await page.fill("input[name=rate]", "50");
    await page.press("input[name=rate]", "Tab");
    await page.focus("form[data-dry-run] button.primary");
    await page.keyboard.press("Enter");
    await page.waitForURL(/deliveries\/replays\//);
    await expect
      .poll(() => page.textContent("#bulk-progress"), { timeout: 20_000 })
      .toContain("2 of 2 deliveries sent");
    await suite.settled();
    expect((await suite.local.events()).find(({ id }) => id === "check-1")?.deliveries).toBe(
      (before ?? 0) + 2,
    );
    expect(problems).toEqual([]);
    await page.close();
  });

  it("is copied as curl and as fixture, and a signed command never has the secret", async () => {
    const { page } = await suite.openPage({
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const copy = async (name: string) => {
      await page.click("text=Copy as …");
      const item = page.locator(".menu a", { hasText: new RegExp(`^${name}$`) });
      await item.click();
      await expect.poll(() => item.getAttribute("data-copied")).toBe("Copied");
      await page.click("text=Copy as …");
      return page.evaluate("navigator.clipboard.readText()") as Promise<string>;
    };
    await page.goto("/deliveries/1");
    expect(await copy("curl")).toContain("secret=$GH_WEBHOOK_SECRET\nbody='{");
    expect(await copy("curl, signed")).toMatch(/-H 'x-hub-signature-256: sha256=[0-9a-f]{64}'/);
    expect(JSON.parse(await copy("fixture"))).toEqual(failed);
    await page.goto("/deliveries/4");
    await page.click("text=Copy as …");
    await page.click(".menu >> text=curl, signed");
    await expect
      .poll(() => page.textContent("#announcement"))
      .toBe("The header of freight is the secret itself: copy it with $FREIGHT_WEBHOOK_SECRET");
    await page.close();
  });

  it("is compared with another of its event, and leads to its neighbors", async () => {
    const { page, problems } = await suite.openPage();
    await page.goto("/deliveries/2");
    await page.click("[aria-label='Compare with #1']");
    expect(await page.textContent("h1")).toMatch(/Compare #[12] and #[12]/);
    await expect
      .poll(() => page.locator(".differences tbody tr").allTextContents())
      .toContainEqual(
        expect.stringMatching(/payload\.check_run\.conclusion changed.*success.*failure|failure.*success/),
      );
    await page.goto("/deliveries/2");
    await page.click("text=Compare the last two >> nth=0");
    expect(await page.textContent("h1")).toMatch(/Compare pushes \d+ and \d+ to/);
    await page.goto("/deliveries/2");
    await page.click("a[rel=next]");
    await page.waitForURL(/deliveries\/1$/);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("shows how long each step took, from the request to the row and the message", async () => {
    const { page } = await suite.openPage();
    await page.goto("/deliveries/1");
    const steps = await page.locator(".timeline tbody tr").allTextContents();
    expect(steps[0]).toMatch(/^github0 ms[\d.]+ m?s$/);
    expect(steps.join("\n")).toMatch(/required-checks.*\d m?s/);
    expect(steps.join("\n")).toMatch(/1 row in product_eng\.events.*at/);
    expect(steps.join("\n")).toMatch(/Slack #team-engineering.*at/);
    await page.close();
  });

  it("has JSON that folds, searches and gives paths, from the keyboard", async () => {
    const { page, problems } = await suite.openPage({
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await page.goto("/deliveries/1");
    const payload = page.locator("#payload");
    const tools = page.locator("[data-json-tools=payload]");
    expect(JSON.parse((await payload.textContent()) ?? "")).toEqual(failed);
    await tools.locator("input").fill("backend tests");
    expect(await tools.locator("[role=status]").textContent()).toBe("1 of 1: check_run.output.text");
    await tools.getByRole("button", { name: "Copy path" }).click();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe("check_run.output.text");
    const output = payload.locator("[role=treeitem]", { hasText: '"output"' }).last();
    await payload.locator("[tabindex='0']").focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => output.getAttribute("aria-expanded")).toBe("false");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => output.getAttribute("aria-expanded")).toBe("true");
    expect(problems).toEqual([]);
    await page.close();
  });

  it("of 25 MB does not freeze its page", async () => {
    const items = Array.from({ length: 60_000 }, (_, id) => ({ id, name: "x".repeat(360) }));
    items.push({ id: 60_000, name: "the last one" });
    const body = Buffer.from(JSON.stringify({ ...failed, items }));
    expect(body.length).toBeGreaterThan(20 * MB);
    await suite.send("github", body, { event: "check_run", id: "large-1" });
    await suite.settled();
    const { page, problems } = await suite.openPage({
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await page.goto("/deliveries/event/large-1");
    const nodes = () => page.evaluate("document.querySelectorAll('*').length");
    expect(await nodes()).toBeLessThan(5000);
    await page.click("text=Explore all of it");
    const tools = page.locator("[data-json-tools=payload]");
    const search = tools.locator("input");
    await search.waitFor();
    expect(await nodes()).toBeLessThan(5000);
    await search.fill("the last one");
    await expect
      .poll(() => page.textContent("[data-json-tools=payload] [role=status]"), { timeout: 20_000 })
      .toContain("1 of 1: items.60000.name");
    // Only the items around the found one are drawn; the row before them stands for the others.
    expect(await nodes()).toBeLessThan(5000);
    const payload = page.locator("#payload");
    expect(await payload.locator(".json-more").allTextContents()).toEqual(["    … 60000 before\n"]);
    await payload.locator("[tabindex='0']").focus();
    for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowUp");
    await tools.getByRole("button", { name: "Copy path" }).click();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe("items.59999");
    expect(await payload.locator(".json-more").allTextContents()).toEqual(["    … 59800 before\n"]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it.each([
    [390, "light"],
    [768, "dark"],
    [1280, "light"],
  ] as const)("has no violation and no overflow at %i px, %s", async (width, colorScheme) => {
    const { page } = await suite.openPage({ viewport: { width, height: 800 }, colorScheme });
    for (const [name, path] of [
      ["list", "/?repository=getsentry"],
      ["one", "/deliveries/1"],
      ["compare", "/deliveries/2/compare?with=1"],
      ["replay", "/deliveries/replay?which=found"],
    ]) {
      await page.goto(path ?? "");
      expect([name, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([name, width]);
      await keepScreenshot(page, `deliveries-${name}-${width}-${colorScheme}`);
      expect([name, await violationsOn(page)]).toEqual([name, []]);
    }
    await page.close();
  });
});
