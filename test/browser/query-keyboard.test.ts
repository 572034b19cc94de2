import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { describeInBrowser, withConsole } from "../support/browser.ts";

describeInBrowser("the console's query page, from the keyboard", () => {
  const suite = withConsole();
  beforeAll(async () => {
    await suite.send("freight", fixture("freight/deploy-finished"));
    await suite.local.idle();
  });
  const focused = (page: Page) => page.evaluate("document.activeElement.textContent.trim()");
  /** Presses Tab until the element with a text has the focus. */
  async function tabTo(page: Page, text: string) {
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press("Tab");
      if ((await focused(page)) === text) return;
    }
    throw new Error(`Tab does not reach ${text}`);
  }

  async function tabToEditor(page: Page) {
    const isEditor = "document.activeElement.classList.contains('cm-content')";
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(isEditor)) return;
    }
    throw new Error("Tab does not reach the editor");
  }

  it("finds a view by a column, writes and completes a statement, mends it, runs it and downloads the result", async () => {
    const { page, problems } = await suite.openPage();
    await page.goto("/");
    await page.keyboard.press("g");
    await page.keyboard.press("q");
    await page.locator(".cm-content").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("product_eng.deploys queue_sec");
    const views = page.locator("#schema details:visible");
    expect(await views.count()).toBe(1);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await tabTo(page, "Query this (product_eng.deploys)");
    await page.keyboard.press("Enter");
    await page.waitForURL(/product_eng\.deploys/);
    await page.locator(".cm-content").waitFor();

    await tabToEditor(page);
    await page.keyboard.press("Control+a");
    await page.keyboard.type("SELECT environmen FROM product_eng.deploys");
    // Closes the list of completions, which takes Enter.
    await page.keyboard.press("Escape");
    await expect
      .poll(() => page.textContent("[data-check]"), { timeout: 15_000 })
      .toContain("Unrecognized name: environmen; Did you mean environment?");
    await page.keyboard.press("Home");
    for (let step = 0; step < "SELECT environmen".length; step++) await page.keyboard.press("ArrowRight");
    await page.keyboard.type("t");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+Enter");
    await page.locator("tbody td", { hasText: "production" }).waitFor();
    await page.locator(".cm-content").waitFor();

    const download = page.waitForEvent("download");
    await tabTo(page, "Download CSV");
    await page.keyboard.press("Enter");
    expect(await readFile(await (await download).path(), "utf8")).toBe("environment\r\nproduction\r\n");
    expect(problems).toEqual([]);
    await page.close();
  });

  it("narrows the tables and views to those with all words, and says when there are none", async () => {
    const { page } = await suite.openPage();
    await page.goto("/query");
    const shown = page.locator("#schema details:visible");
    const all = await shown.count();
    await page.fill("[data-narrow]", "lead_times");
    expect(await shown.locator("summary").allTextContents()).toContain("product_eng.lead_times");
    expect(await shown.count()).toBeLessThan(all);
    await page.fill("[data-narrow]", "no such thing");
    expect(await shown.count()).toBe(0);
    expect(await page.locator("#schema section:visible").count()).toBe(0);
    expect(await page.locator("[data-none]").isVisible()).toBe(true);
    await page.fill("[data-narrow]", "");
    expect(await shown.count()).toBe(all);
    await page.close();
  });
});
