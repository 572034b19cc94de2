import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startChromium } from "../../infra/docs/chromium.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { describeInBrowser, drawnFrame, keepScreenshot, openPage, violationsOn } from "../support/browser.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

interface DrawnSeries {
  name: string;
  data: (number | null)[];
}

/** The series that a chart draws. Runs in the page, which has echarts. */
function drawnSeries(place: unknown): DrawnSeries[] {
  const { echarts } = globalThis as unknown as {
    echarts: { getInstanceByDom(place: unknown): { getOption(): { series: DrawnSeries[] } } };
  };
  return echarts
    .getInstanceByDom(place)
    .getOption()
    .series.map(({ name, data }) => ({ name, data }));
}

describeInBrowser("the console's dashboards", () => {
  let suite: TestSuite;
  let browser: Browser;
  beforeAll(async () => {
    suite = await startTestSuite();
    browser = await startChromium();
    await sendDeploys(suite);
    await suite.local.idle();
  });
  afterAll(async () => {
    await browser?.close();
    await suite?.stop();
  });

  it("draw a chart from the query over its view, with the same values in the table behind it", async () => {
    const { page, problems } = await openPage(browser, suite.url);
    await page.goto("/dashboards/delivery");
    const tile = page.locator(".tile", { hasText: "Deployments per day" });
    const series = await tile.locator("[data-chart]").evaluate(drawnSeries);
    const rows = await suite.local.query<{ finished: number; failed: number }>(
      `SELECT SUM(deployments) AS finished, SUM(failed_deployments) AS failed FROM product_eng.delivery_by_period
       WHERE period = 'day' GROUP BY period_start ORDER BY period_start`,
    );
    expect(series).toEqual([
      { name: "Deployments", data: rows.map(({ finished }) => finished) },
      { name: "Failed deployments", data: rows.map(({ failed }) => failed) },
    ]);
    expect(rows.reduce((sum, { finished }) => sum + finished, 0)).toBe(2);
    await tile.locator("summary").click();
    expect(await tile.locator("tbody tr").count()).toBe(rows.length);
    expect(
      await page.locator(".tile", { hasText: "Deployments" }).first().locator(".single").textContent(),
    ).toBe("2");
    expect(problems).toEqual([]);
    await page.close();
  });

  it("show a value on hover", async () => {
    const { page } = await openPage(browser, suite.url);
    await page.goto("/dashboards/delivery");
    const chart = page.locator(".tile", { hasText: "Deployments per day" }).locator("[data-chart]");
    await chart.hover();
    await expect.poll(() => chart.textContent()).toContain("Deployments");
    await page.close();
  });

  it("filter by period and app, and export as CSV", async () => {
    const { page } = await openPage(browser, suite.url);
    await page.goto("/dashboards/delivery");
    await page.selectOption("select[name=App]", "getsentry");
    await page.waitForURL(/App=getsentry/);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.click("[aria-label='Deployments per day as CSV']"),
    ]);
    const csv = await readFile(await download.path(), "utf8");
    expect(csv).toMatch(
      /^period_start_date,total_deployments,total_failed_deployments\r\n\d{4}-\d\d-\d\d,\d+,\d+\r\n/,
    );
    await page.goto("/dashboards/suite_health");
    expect(await page.locator(".single").first().textContent()).toBe("3");
    await page.goto("/dashboards/delivery?from=2001-01-01&to=2001-01-31");
    expect(await page.locator(".single").first().textContent()).toBe("0");
    expect(await page.locator(".tile", { hasText: "Deployments per day" }).textContent()).toContain(
      "No data in this period",
    );
    await page.close();
  });

  it("are readable by everybody, in light and dark", async () => {
    const { page } = await openPage(browser, suite.url, { reducedMotion: "reduce" });
    await page.goto("/");
    const delivery = (await page.locator("[data-delivery] a").first().getAttribute("href")) ?? "";
    const pages = {
      deliveries: "/",
      delivery,
      edit: `${delivery}/edit`,
      slack: "/slack",
      "direct-messages": "/slack/U0MIRA",
      home: "/slack/U0MIRA/home",
      ...Object.fromEntries(
        [
          "delivery",
          "pull_requests",
          "ci",
          "bundles",
          "community",
          "incidents",
          "measurements",
          "suite_health",
        ].map((name) => [`dashboard-${name}`, `/dashboards/${name}`]),
      ),
      explain: "/explain?deploy=getsentry%2313",
      query: "/query",
      schedules: "/schedules",
      connect: "/connect",
      "not-found": "/deliveries/4711",
    };
    const found: Record<string, string[]> = {};
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(path);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.evaluate(drawnFrame);
        const violations = await violationsOn(page);
        if (violations.length > 0) found[`${name}, ${colorScheme}`] = violations;
        await keepScreenshot(page, `${name}-${colorScheme}`);
      }
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize({ width: 400, height: 800 });
      await page.evaluate(drawnFrame);
      const width = await page.evaluate("document.documentElement.scrollWidth");
      if (width !== 400) found[`${name}, narrow`] = [`is ${width} wide`];
      await keepScreenshot(page, `${name}-narrow`);
      await page.setViewportSize({ width: 1280, height: 800 });
    }
    expect(found).toEqual({});
    await page.close();
  }, 180_000);
});

const DAY_MS = 86_400_000;

/** Two finished deploys and a failed one, on two days of the dashboards' default period. */
async function sendDeploys(suite: TestSuite) {
  const deploys = [
    { status: "finished", number: 101, daysAgo: 3 },
    { status: "failed", number: 102, daysAgo: 2 },
    { status: "finished", number: 103, daysAgo: 2 },
  ];
  for (const { status, number, daysAgo } of deploys) {
    const at = (minutes: number) => new Date(Date.now() - daysAgo * DAY_MS + minutes * 60_000).toISOString();
    await suite.send("freight", {
      ...fixture(`freight/deploy-${status}`),
      deploy_number: number,
      date_created: at(0),
      date_started: at(1),
      date_finished: at(6),
    });
  }
}
