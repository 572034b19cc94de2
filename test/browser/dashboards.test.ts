import { readFile } from "node:fs/promises";
import { beforeAll, expect, it } from "vitest";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { describeInBrowser, withConsole } from "../support/browser.ts";
import type { TestSuite } from "../support/test-suite.ts";

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

/** The place of the last point with a value of a chart's first series, in pixels from its corner. Runs in the page. */
function lastBarOf(place: unknown): { x: number; y: number } {
  const { echarts } = globalThis as unknown as {
    echarts: {
      getInstanceByDom(place: unknown): {
        getOption(): { series: DrawnSeries[] };
        convertToPixel(finder: object, point: [number, number]): [number, number];
      };
    };
  };
  const chart = echarts.getInstanceByDom(place);
  const data = chart.getOption().series[0]?.data ?? [];
  const index = data.findLastIndex((value) => value !== null && value > 0);
  const [x, y] = chart.convertToPixel({ gridIndex: 0 }, [index, (data[index] ?? 0) / 2]);
  return { x, y };
}

/** The name of a chart's axis of values, and how many marks of deploys it has. Runs in the page. */
function axisAndMarks(place: unknown): { unit: string; marks: number } {
  const { echarts } = globalThis as unknown as {
    echarts: {
      getInstanceByDom(place: unknown): {
        getOption(): { yAxis: { name: string }[]; series: { markPoint?: { data: unknown[] } }[] };
      };
    };
  };
  const { yAxis, series } = echarts.getInstanceByDom(place).getOption();
  return { unit: yAxis[0]?.name ?? "", marks: series[0]?.markPoint?.data.length ?? 0 };
}

describeInBrowser("the console's dashboards", () => {
  const suite = withConsole();
  beforeAll(async () => {
    await sendDeploys(suite);
    await suite.local.idle();
  });

  it("draw a chart from the query over its view, with the same values in the table behind it", async () => {
    const { page, problems } = await suite.openPage();
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

  it("draw the period before beside a chart's series, on demand, and keep it in other periods", async () => {
    const { page, problems } = await suite.openPage();
    const [first] = await suite.local.query<{ day: string; deployments: number; next: string }>(
      `SELECT CAST(period_start AS STRING) AS day, CAST(DATE_ADD(period_start, INTERVAL 1 DAY) AS STRING) AS next, deployments
       FROM product_eng.delivery_by_period WHERE period = 'day' ORDER BY period_start LIMIT 1`,
    );
    // The day after the first one: the period before it is the first one.
    await page.goto(`/dashboards/delivery?from=${first?.next}&to=${first?.next}`);
    const chart = page.locator(".tile", { hasText: "Deployments per day" }).locator("[data-chart]");
    const names = async () => (await chart.evaluate(drawnSeries)).map(({ name }) => name);
    expect(await names()).toEqual(["Deployments", "Failed deployments"]);
    await page.getByLabel("Period before in charts").check();
    await page.waitForURL(/compare=1/);
    const series = await chart.evaluate(drawnSeries);
    expect(series.map(({ name }) => name)).toEqual([
      ...["Deployments", "Failed deployments"],
      ...["Deployments, 1 day before", "Failed deployments, 1 day before"],
    ]);
    expect(series[2]?.data).toEqual([first?.deployments]);
    await page.click("text=28 d");
    await page.waitForURL(/compare=1/);
    expect(await page.getByLabel("Period before in charts").isChecked()).toBe(true);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("follow the dates that are typed, once they are applied", async () => {
    const { page } = await suite.openPage();
    await page.goto("/dashboards/delivery");
    const deployments = page.locator(".tile", { hasText: "Deployments" }).first().locator(".single");
    expect(await deployments.textContent()).toBe("2");
    const [first] = await suite.local.query<{ day: string; next: string }>(
      `SELECT CAST(MIN(period_start) AS STRING) AS day, CAST(DATE_ADD(MIN(period_start), INTERVAL 1 DAY) AS STRING) AS next
       FROM product_eng.delivery_by_period WHERE period = 'day'`,
    );
    for (const [from = "", to = "", shown] of [
      [first?.day, first?.next, "2"],
      [first?.next, first?.next, "1"],
    ]) {
      await page.getByLabel("From").fill(from);
      await page.getByLabel("To", { exact: true }).fill(to);
      await page.click("text=Apply");
      await page.waitForURL(
        (url) => url.searchParams.get("from") === from && url.searchParams.get("to") === to,
      );
      expect(await deployments.textContent()).toBe(shown);
    }
    // Dashboards have the organization's days, which their reader's may not be.
    expect(await page.locator("label", { hasText: "From" }).textContent()).toContain("(UTC)");
    await page.locator("nav a", { hasText: /^CI$/ }).click();
    await page.waitForURL(
      (url) => url.pathname.endsWith("/ci") && url.searchParams.get("from") === first?.next,
    );
    expect(await page.getByLabel("To", { exact: true }).inputValue()).toBe(first?.next);
    await page.close();
  });

  it("show a value on hover", async () => {
    const { page } = await suite.openPage();
    await page.goto("/dashboards/delivery");
    const chart = page.locator(".tile", { hasText: "Deployments per day" }).locator("[data-chart]");
    await chart.hover();
    await expect.poll(() => chart.textContent()).toContain("Deployments");
    await page.close();
  });

  it("open the rows behind a number, a cell and a point of a chart, and say what a share is of", async () => {
    const { page, problems } = await suite.openPage();
    await page.goto("/dashboards/delivery");
    const rate = page.locator(".tile", { hasText: "Deploy failure rate" }).first();
    expect(await rate.textContent()).toContain("1 of 3 attempts");
    expect(await page.locator(".tile", { hasText: "Deployments" }).first().textContent()).toMatch(
      /0 in the \d+ days before/,
    );
    await rate.locator(".single a").click();
    await page.waitForURL(/deploy_failure_rate\/rows/);
    expect(await page.locator("tbody tr").count()).toBe(3);
    await page.goBack();
    const tile = page.locator(".tile", { hasText: "Deployments per day" });
    await tile.locator("summary").click();
    await tile.locator("tbody tr").first().locator("a").first().click();
    await page.waitForURL(/deployments_by_day\/rows/);
    expect(await page.locator("tbody tr").count()).toBe(1);
    await page.goBack();
    const chart = page.locator(".tile", { hasText: "Deployments per day" }).locator("[data-chart]");
    const bar = await chart.evaluate(lastBarOf);
    await chart.click({ position: bar });
    await page.waitForURL(/deployments_by_day\/rows.*at=/);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("mark deploys on time axes, with their names on hover, and name the unit of the axis", async () => {
    const { page } = await suite.openPage();
    await page.goto("/dashboards/delivery");
    const weekly = page.locator(".tile", { hasText: "Time in queue and running (minutes)" });
    expect(await weekly.locator("[data-chart]").evaluate(axisAndMarks)).toMatchObject({ unit: "minutes" });
    const chart = page.locator(".tile", { hasText: "Deployments per day" }).locator("[data-chart]");
    expect(await chart.evaluate(axisAndMarks)).toEqual({ unit: "number", marks: 2 });
    const { x, y } = await chart.evaluate(lastBarOf);
    await chart.hover({ position: { x, y } });
    await expect.poll(() => chart.textContent()).toContain("deploy: getsentry #10");
    await page.close();
  });

  it("say which event fills an empty tile", async () => {
    const { page } = await suite.openPage();
    await page.goto("/dashboards/bundles");
    expect(await page.locator(".tile").first().textContent()).toContain("It needs sizes of assets");
    await page.close();
  });

  it("save a chart as PNG, and print without the filters", async () => {
    const { page } = await suite.openPage();
    await page.goto("/dashboards/delivery");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.click("[aria-label='Deployments per day as PNG']"),
    ]);
    const picture = await readFile(await download.path());
    expect(picture.subarray(1, 4).toString()).toBe("PNG");
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("form.filter").isVisible()).toBe(false);
    expect(await page.locator(".tile").first().isVisible()).toBe(true);
    await page.close();
  });

  it("have presets, of which the chosen one is marked", async () => {
    const { page } = await suite.openPage();
    await page.goto("/dashboards/delivery");
    for (const name of ["7 d", "90 d", "Quarter", "28 d"]) {
      await page.click(`.presets >> text="${name}"`);
      await expect
        .poll(() => page.locator(".presets [aria-current]").allTextContents(), { timeout: 20_000 })
        .toContain(name);
    }
    await page.close();
  });

  it("filter by period and app, and export as CSV", async () => {
    const { page } = await suite.openPage();
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
