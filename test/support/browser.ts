import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { findChromium, startChromium } from "../../infra/docs/chromium.ts";
import { startTestSuite, type TestSuite } from "./test-suite.ts";

const found = findChromium();
if ("missing" in found) console.warn(`The tests in a browser are skipped: ${found.missing}`);

/** `describe` where there is a browser. */
export const describeInBrowser = "path" in found ? describe : describe.skip;

/** Test files of a worker share its Chromium. Their modules are loaded again for each file: see setup.ts. */
const worker = globalThis as { chromium?: Browser };

/** Opens pages of a suite's console. */
export interface ConsolePages {
  /** A new browser page, at the suite by default, and its problems: script errors and requests to other origins. It is closed after the test. */
  openPage(options?: BrowserContextOptions): Promise<{ page: Page; problems: string[] }>;
}

/** A suite as `startTestSuite` starts it. */
export function withConsole(): TestSuite & ConsolePages;
/** @param start starts the suite */
export function withConsole<Started extends TestSuite>(start: () => Promise<Started>): Started & ConsolePages;
/**
 * Registers hooks that start a suite before a file's tests and stop it after them, with the Chromium of the worker.
 * Playwright kills Chromium when the worker exits.
 *
 * @returns a suite whose fields are set before the first test
 */
export function withConsole(start: () => Promise<TestSuite> = startTestSuite): TestSuite & ConsolePages {
  const suite = {
    openPage(options) {
      if (!worker.chromium) throw new Error("Chromium starts before the first test");
      return openPage(worker.chromium, suite.url, options);
    },
  } as TestSuite & ConsolePages;
  beforeAll(async () => {
    if (!worker.chromium?.isConnected()) worker.chromium = await startChromium();
    Object.assign(suite, await start());
  });
  afterEach(async () => {
    await Promise.all(worker.chromium?.contexts().map((context) => context.close()) ?? []);
  });
  afterAll(() => suite.stop?.());
  return suite;
}

async function openPage(
  browser: Browser,
  suiteUrl: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; problems: string[] }> {
  const { baseURL = suiteUrl } = options;
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options, baseURL });
  // Shorter than a test's timeout, so that a failure names the line that waited.
  page.setDefaultTimeout(20_000);
  // The first page with dashboards compiles its queries, which takes seconds where other suites share the cores.
  page.setDefaultNavigationTimeout(60_000);
  const problems: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (message) => {
    // Chromium logs refused requests as errors, also those that a test makes on purpose.
    if (message.type() === "error" && !message.text().includes("status of 4")) problems.push(message.text());
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(baseURL) && !/^(data|blob):/.test(url)) problems.push(`asked for ${url}`);
  });
  return { page, problems };
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe-core finds against a page, a line each: https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md
 *
 * @param options of axe.run
 */
export async function violationsOn(page: Page, options: object = {}): Promise<string[]> {
  // The page's content security policy blocks script tags, but not evaluate(). Once for each page: axe-core has half a megabyte.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
  // What passes is not described, which takes longer than finding what does not.
  const violationsOnly = { resultTypes: ["violations"], ...options };
  return page.evaluate(`axe.run(${JSON.stringify(violationsOnly)}).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => [id, target.join(" "), failureSummary].join(": "))))`);
}

/** Resolves when what has changed is on the screen: a chart that animates nothing draws on the next frame. Evaluated in the page. */
export const drawnFrame =
  "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))";

/** Saves a screenshot of the whole page in test-artifacts/. */
export async function keepScreenshot(page: Page, name: string) {
  mkdirSync("test-artifacts", { recursive: true });
  await page.screenshot({ path: `test-artifacts/${name}.png`, fullPage: true });
}
