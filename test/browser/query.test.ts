import { readFile } from "node:fs/promises";
import type { BrowserContextOptions, Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import {
  describeInBrowser,
  drawnFrame,
  keepScreenshot,
  violationsOn,
  withConsole,
} from "../support/browser.ts";

describeInBrowser("the console's query editor", () => {
  const suite = withConsole();
  beforeAll(async () => {
    for (const status of ["queued", "started", "finished"])
      await suite.send("freight", fixture(`freight/deploy-${status}`));
    await suite.local.idle();
  });

  /** The query page with its editor. */
  async function openEditor(path = "/query", options: BrowserContextOptions = {}) {
    const opened = await suite.openPage(options);
    await opened.page.goto(path);
    await opened.page.locator(".cm-content").waitFor();
    return opened;
  }

  const write = (page: Page, sql: string) => page.fill(".cm-content", sql);
  const count = "SELECT type, COUNT(*) AS n FROM product_eng.events_deduplicated GROUP BY type ORDER BY type";

  it("runs with Ctrl+Enter, shows types, time and bytes, and exports CSV", async () => {
    const { page, problems } = await openEditor();
    await write(page, count);
    await page.press(".cm-content", "Control+Enter");
    await page.locator("tbody td", { hasText: "freight.deploy.queued" }).waitFor();
    expect(await page.locator("tbody tr").count()).toBe(3);
    expect(await page.locator("thead th").allTextContents()).toEqual(["typeSTRING", "nINT64"]);
    const heading = page.locator("thead th").first();
    expect(await heading.getAttribute("title")).toBe("<source>.<event>[.<action>]");
    expect(await page.textContent("[aria-label=Result] [role=status]")).toMatch(
      /^3 rows in \d+ ms; BigQuery would read about [\d.]+ B$/,
    );
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("text=Download CSV")]);
    expect(await readFile(await download.path(), "utf8")).toBe(
      "type,n\r\nfreight.deploy.finished,1\r\nfreight.deploy.queued,1\r\nfreight.deploy.started,1\r\n",
    );
    expect(problems).toEqual([]);
    await page.close();
  });

  it("draws the result as a chart", async () => {
    const { page } = await openEditor();
    await write(page, count);
    await page.press(".cm-content", "Control+Enter");
    await page.click("text=Chart");
    await expect.poll(() => page.locator(".result-chart canvas").first().isVisible()).toBe(true);
    await page.close();
  });

  it("completes tables, columns and functions, and highlights GoogleSQL", async () => {
    const { page } = await openEditor();
    const completions = () => page.locator(".cm-tooltip-autocomplete li").allTextContents();
    const complete = async (text: string) => {
      await write(page, "");
      await page.locator(".cm-content").pressSequentially(text);
      await page.press(".cm-content", "Control+Space");
    };
    await complete("SELECT * FROM product_eng.lead");
    await expect.poll(completions).toContain("lead_times");
    await complete("SELECT SAFE_DIV");
    await expect.poll(completions).toContain("SAFE_DIVIDE");
    await write(page, "");
    await page.locator(".cm-content").pressSequentially("SELECT d. FROM product_eng.deploys AS d");
    for (let step = 0; step < " FROM product_eng.deploys AS d".length; step++)
      await page.press(".cm-content", "ArrowLeft");
    await page.press(".cm-content", "Control+Space");
    await expect.poll(completions).toContain("queue_secondsFLOAT64");
    const description = "From queueing to start; NULL if negative";
    await page.locator(".cm-content").pressSequentially("queue_s");
    await expect.poll(() => page.locator(".cm-completionInfo").textContent()).toContain(description);
    const column = page.locator("#schema details[data-name^='product_eng.deploys ']").getByTitle(description);
    expect(await column.textContent()).toBe("queue_secondsFLOAT64");
    const keyword = page.locator(".cm-line span", { hasText: /^SELECT$/ });
    expect(await keyword.getAttribute("class")).toMatch(/\S/);
    await page.close();
  });

  it("marks an error at its place while somebody types, and after a run", async () => {
    const { page } = await openEditor();
    await write(page, "SELECT typ FROM product_eng.events");
    const note = page.locator("[data-check]");
    await expect.poll(() => note.textContent()).toBe("Unrecognized name: typ; Did you mean type? at [1:8]");
    await expect.poll(() => page.locator(".cm-lintRange-error").textContent()).toBe("typ");
    await page.press(".cm-content", "Control+Enter");
    await page.locator("[role=alert]").waitFor();
    expect(await page.textContent("[role=alert]")).toContain("Unrecognized name: typ");
    await expect.poll(() => page.locator(".cm-lintRange-error").textContent()).toBe("typ");
    await write(page, "DELETE FROM product_eng.events WHERE true");
    await expect.poll(() => note.textContent()).toBe("Valid. DELETE changes the warehouse.");
    await page.close();
  });

  it("holds the statement in the address, and lists what ran and what was saved", async () => {
    const { page } = await openEditor();
    await write(page, "SELECT 41 AS saved");
    await page.click("button:text-is('Save')");
    await write(page, "SELECT 42 AS answer");
    await page.press(".cm-content", "Control+Enter");
    await page.locator("tbody td", { hasText: "42" }).waitFor();
    await page.locator(".cm-content").waitFor();
    expect(new URL(page.url()).searchParams.get("sql")).toBe("SELECT 42 AS answer");
    await page.reload();
    expect(await page.locator("textarea[name=sql]").inputValue()).toBe("SELECT 42 AS answer");
    await page.click("text=Saved and recent queries");
    expect(await page.locator("[data-queries] li").allTextContents()).toEqual([
      "Saved: SELECT 41 AS saved",
      "SELECT 42 AS answer",
    ]);
    await page.click("[data-queries] li:first-child button");
    expect(await page.locator("textarea[name=sql]").inputValue()).toBe("SELECT 41 AS saved");
    await page.close();
  });

  it("works without scripts", async () => {
    const { page } = await suite.openPage({ javaScriptEnabled: false });
    await page.goto("/query");
    await page.fill("#sql", "SELECT 42 AS answer");
    await page.click("button:text-is('Run')");
    expect(await page.locator("tbody td").textContent()).toBe("42");
    await page.close();
  });

  it("is readable at three widths in both colour schemes, without a violation of accessibility", async () => {
    const { page, problems } = await openEditor(`/query?${new URLSearchParams({ sql: count })}`, {
      reducedMotion: "reduce",
    });
    await page.press(".cm-content", "Control+Enter");
    await page.locator("tbody td").first().waitFor();
    await page.locator(".cm-content").waitFor();
    expect(problems).toEqual([]);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 768, 390]) {
        await page.setViewportSize({ width, height: 800 });
        await page.evaluate(drawnFrame);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
        expect(await violationsOn(page)).toEqual([]);
        await keepScreenshot(page, `query-editor-${width}-${colorScheme}`);
      }
    }
    await page.close();
  });
});
