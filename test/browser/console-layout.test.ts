import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { describeInBrowser, violationsOn, withConsole } from "../support/browser.ts";

describeInBrowser("the layout of the console", () => {
  const suite = withConsole();
  beforeAll(async () => {
    await suite.send("github", fixture("github/check-run-failed"), { event: "check_run", id: "layout-1" });
    await suite.send("slack", fixture("slack/app-mention") as object);
    await suite.send("freight", fixture("freight/deploy-finished"));
    await suite.send("freight", { deploy_number: "x".repeat(2000) });
    await suite.local.idle();
    suite.deliveryLog.addDelivery({
      at: new Date().toISOString(),
      durationMs: 1,
      source: "report",
      method: "POST",
      headers: {},
      body: Buffer.from("{}"),
      status: 503,
      eventId: null,
      response: JSON.stringify({ error: `Pub/Sub did not confirm: ${"unavailable ".repeat(100)}` }),
      log: [],
    });
  });
  const rowOf = (page: Page, source: string) => page.locator("[data-delivery]", { hasText: source }).first();

  it("gives each row of the list the same height, whatever its source and however long its error", async () => {
    const { page } = await suite.openPage();
    await page.goto("/");
    const heights: number[] = await page.evaluate(
      "[...document.querySelectorAll('[data-delivery]')].map((row) => Math.round(row.getBoundingClientRect().height))",
    );
    expect(heights).toHaveLength(5);
    expect(new Set(heights).size).toBe(1);
    const dots: string[] = await page.evaluate(
      "[...document.querySelectorAll('[data-delivery] .dot')].map((dot) => getComputedStyle(dot).display)",
    );
    expect(new Set(dots)).toEqual(new Set(["inline-block"]));
    await page.close();
  });

  it("has a refusal in amber and a failure of the suite in red", async () => {
    const { page } = await suite.openPage();
    await page.goto("/");
    const badge = (source: string, text: string) =>
      rowOf(page, source).locator(".badge", { hasText: text }).getAttribute("class");
    expect(await badge("report", "503")).toBe("badge bad");
    expect(await badge("deploy_number", "400")).toBe("badge warn");
    expect(await badge("check_run", "202")).toBe("badge good");
    await page.close();
  });

  it("opens a delivery from anywhere in its row, and counts what a paused list misses", async () => {
    const { page, problems } = await suite.openPage();
    await page.goto("/?source=github");
    const pause = page.locator("[data-pause]");
    expect(await pause.textContent()).toBe("Pause");
    await pause.click();
    expect(await pause.textContent()).toBe("Resume");
    for (const id of ["layout-2", "layout-3"])
      await suite.send("github", fixture("github/check-run-failed"), { event: "check_run", id });
    await expect.poll(() => pause.textContent(), { timeout: 10_000 }).toBe("Resume · 2 new");
    expect(await page.locator("[data-delivery]").count()).toBe(1);
    await pause.click();
    await expect.poll(() => page.locator("[data-delivery]").count()).toBe(3);
    expect(await pause.textContent()).toBe("Pause");
    await page.locator("[data-delivery] .outcomes").last().click();
    await page.waitForURL(/deliveries\/1$/);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("draws moments of the timeline as dots of one size", async () => {
    const { page } = await suite.openPage();
    await page.goto("/deliveries/1");
    const sizes: string[] = await page.evaluate(
      `[...document.querySelectorAll(".bar-rows, .bar-message")].map((dot) => {
        const { width, height } = dot.getBoundingClientRect();
        return Math.round(width) + " x " + Math.round(height);
      })`,
    );
    expect(sizes.length).toBeGreaterThanOrEqual(2);
    expect(new Set(sizes)).toEqual(new Set(["9 x 9"]));
    await page.close();
  });

  it("says which rows of how many a page of the list shows, and replays all of them", async () => {
    for (let n = 0; n < 120; n++)
      suite.deliveryLog.addDelivery({
        at: new Date().toISOString(),
        durationMs: 1,
        source: "webpack",
        method: "POST",
        headers: {},
        body: Buffer.from("{}"),
        status: 401,
        eventId: null,
        response: "",
        log: [],
      });
    const { page } = await suite.openPage();
    await page.goto("/?source=webpack");
    expect(await page.textContent(".count")).toMatch(/^120 of \d+ deliveries, 1–100 shown$/);
    await page.click("text=Older");
    await expect.poll(() => page.textContent(".count")).toMatch(/^120 of \d+ deliveries, 101–120 shown$/);
    expect(await page.textContent("#bulk")).toContain("Replay all 120 found");
    await page.close();
  });

  it("switches between light and dark, and keeps the choice", async () => {
    const { page, problems } = await suite.openPage({ colorScheme: "light" });
    await page.goto("/");
    const ground = () => page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
    const light = await ground();
    await page.click("[data-theme-switch]");
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.goto("/query");
    expect(await ground()).toBe(dark);
    await page.click("[aria-label='Switch to light colours']");
    expect(await ground()).toBe(light);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await ground()).toBe(dark);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("leads to the documentation, which this machine serves", async () => {
    const { page, problems } = await suite.openPage();
    await page.goto("/");
    await page.click("[aria-label=Help]");
    expect(await page.textContent("main")).toContain(suite.url);
    await page.click("text=docs/console.md");
    await page.waitForURL(/console\.md$/);
    expect(await page.textContent("body")).toContain("# The console");
    expect(problems).toEqual([]);
    await page.close();
  });

  it("has targets of at least 24 pixels on a phone", async () => {
    const { page } = await suite.openPage({ viewport: { width: 390, height: 844 } });
    const small: Record<string, string[]> = {};
    for (const path of [
      "/",
      "/deliveries/1",
      "/slack/C0ENG",
      "/dashboards/delivery",
      "/query",
      "/schedules",
    ]) {
      await page.goto(path);
      const found = await violationsOn(page, { rules: { "target-size": { enabled: true } } });
      if (found.length > 0) small[path] = found;
    }
    expect(small).toEqual({});
    await page.close();
  });

  it("separates the days of a conversation in the reader's zone", async () => {
    const { page } = await suite.openPage({ timezoneId: "Asia/Kolkata", locale: "en-GB" });
    await suite.local.say({ user: "U0LENA", text: "help" });
    await suite.local.idle();
    await page.goto("/slack/U0LENA");
    const today = new Intl.DateTimeFormat("en-GB", {
      weekday: "long",
      day: "numeric",
      month: "long",
      timeZone: "Asia/Kolkata",
    });
    await expect.poll(() => page.locator(".day").allTextContents()).toEqual([today.format(new Date())]);
    // The sidebar counts messages now.
    for (const width of [390, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    }
    await page.close();
  });
});
