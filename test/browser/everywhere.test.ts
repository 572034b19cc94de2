import { beforeAll, expect, it } from "vitest";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { describeInBrowser, keepScreenshot, violationsOn, withConsole } from "../support/browser.ts";
import { startTestSuite } from "../support/test-suite.ts";

describeInBrowser("every page of the console", () => {
  const suite = withConsole();
  const environment = { ...process.env };
  beforeAll(async () => {
    for (const id of ["one", "two"])
      await suite.send("github", fixture("github/check-run-failed"), { event: "check_run", id });
    await suite.settled();
  });

  it("has shortcuts: find, move, open, replay and leave without a mouse", async () => {
    const { page, problems } = await suite.openPage();
    await page.goto("/");
    await page.keyboard.press("/");
    await page.keyboard.type("type:check_run");
    await page.keyboard.press("Escape");
    await expect
      .poll(() => page.textContent(".count", { timeout: 1000 }), { timeout: 20_000 })
      .toBe("2 deliveries");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    expect(await page.isChecked("#pick-2")).toBe(true);
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(/deliveries\/1$/);
    await page.keyboard.press("k");
    await page.waitForURL(/deliveries\/2$/);
    await page.keyboard.press("r");
    await page.keyboard.press("Enter");
    await page.waitForURL(/deliveries\/3$/);
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await page.waitForURL(/trigger$/);
    await page.keyboard.press("?");
    await page.waitForURL(/shortcuts$/);
    expect(await page.textContent("main")).toContain("the search of the page");
    await page.uncheck("[data-shortcuts]");
    await page.press("body", "g");
    await page.press("body", "t");
    await page.waitForTimeout(300);
    expect(page.url()).toMatch(/shortcuts$/);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("shows times in the reader's zone, and UTC where one points, after a redraw too", async () => {
    const { page } = await suite.openPage({ timezoneId: "Asia/Kolkata", locale: "en-GB" });
    await page.goto("/deliveries/1");
    const received = page.locator(".facts time").first();
    const utc = (await received.getAttribute("datetime")) ?? "";
    const there = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: "Asia/Kolkata" });
    const expected = expect.stringContaining(`${there.format(new Date(utc))} GMT+5:30`);
    expect(await received.textContent()).toEqual(expected);
    expect(await received.getAttribute("title")).toBe(`${utc.slice(0, 19).replace("T", " ")} UTC`);
    await page.evaluate('document.dispatchEvent(new CustomEvent("console:redraw"))');
    await page.waitForTimeout(500);
    expect(await page.locator(".facts time").first().textContent()).toEqual(expected);
    await page.close();
  });

  it.each([
    [390, "dark"],
    [1280, "light"],
  ] as const)("has no violation at %i px, %s", async (width, colorScheme) => {
    const { page } = await suite.openPage({ viewport: { width, height: 800 }, colorScheme });
    await page.goto("/shortcuts");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    expect(
      await page.evaluate("((nav) => nav.scrollWidth - nav.clientWidth)(document.querySelector('.top nav'))"),
    ).toBe(0);
    await keepScreenshot(page, `shortcuts-${width}-${colorScheme}`);
    expect(await violationsOn(page)).toEqual([]);
    await page.close();
  });

  it("says when the suite is away, and follows it again after a restart without a reload", async () => {
    const { page } = await suite.openPage();
    await page.goto("/");
    await expect.poll(() => page.textContent("#updated")).toMatch(/^updated \d\d:\d\d:\d\d$/);
    await page.evaluate("window.stays = true");
    const port = Number(new URL(suite.url).port);
    await suite.stop();
    await expect.poll(() => page.getAttribute("html", "class"), { timeout: 10_000 }).toContain("offline");
    // A suite takes an address in the environment for one of somebody else's service.
    process.env = { ...environment };
    Object.assign(suite, await startTestSuite({ port }));
    await expect.poll(() => page.getAttribute("html", "class"), { timeout: 30_000 }).not.toContain("offline");
    await expect
      .poll(() => page.textContent("#deliveries"), { timeout: 10_000 })
      .toContain("No deliveries yet");
    expect(await page.evaluate("window.stays")).toBe(true);
    await page.close();
  });
});
