import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { describeInBrowser, keepScreenshot, violationsOn, withConsole } from "../support/browser.ts";

describeInBrowser("the console in the cloud", () => {
  const suite = withConsole();
  beforeAll(async () => {
    await suite.send("github", fixture("github/check-run-failed"), { event: "check_run", id: "event-1" });
    await suite.local.idle();
  });

  const open = async (width: number, colorScheme: "dark" | "light" = "light") => {
    const url = suite.services.iap?.current.url ?? "";
    return suite.openPage({ baseURL: url, viewport: { width, height: 800 }, colorScheme });
  };
  const signIn = async (page: Page, email: string) => {
    await page.goto("/");
    await page.click(`text=${email}`);
    await page.waitForURL(/\/$/);
  };

  it("leads a viewer from a search to the reason why nobody acted", async () => {
    const { page, problems } = await open(1280);
    await signIn(page, "mira.okafor@sentry.io");
    expect(await page.textContent(".top")).toContain("mira.okafor@sentry.io, viewer");
    await page.fill("input[name=text]", "event-1");
    await page.click("button[type=submit]");
    await page.click("[data-event='event-1'] .what a");
    await page.waitForURL(/deliveries\/event\/event-1$/);
    expect(await page.textContent("[data-subscriber=incidents]")).toContain(
      "the event is not about an incident",
    );
    expect(await page.textContent("h1")).toBe("github.check_run.completed");
    await page.click("nav >> text=Dead letters");
    expect(await page.textContent("main")).toContain("There are no dead letters.");
    expect(await page.locator("button[name=action]").count()).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  });

  it.each([
    [390, "dark"],
    [1280, "light"],
  ] as const)("has no violation and fits at %i px, %s", async (width, colorScheme) => {
    const { page } = await open(width, colorScheme);
    await signIn(page, "jonas.lindqvist@sentry.io");
    for (const [name, path] of Object.entries({
      deliveries: "/",
      event: "/deliveries/event/event-1",
      "dead-letters": "/dead-letters",
      schedules: "/schedules",
      explain: "/explain",
      missing: "/nothing",
    })) {
      await page.goto(path);
      await keepScreenshot(page, `cloud-${name}-${width}-${colorScheme}`);
      expect([path, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([path, width]);
      expect([path, await violationsOn(page)]).toEqual([path, []]);
    }
    await page.close();
  });
});
