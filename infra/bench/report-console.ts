import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { startChromium } from "../docs/chromium.ts";
import { DeliveryLog } from "../local/gateway/delivery-log.ts";
import { startSuite } from "../local/suite.ts";
import { warmConsole } from "../local/warm-console.ts";
import { fillDeliveryLog } from "./fill-delivery-log.ts";
import { formatTable } from "./format-table.ts";

const DELIVERIES = 100_000;

interface Step {
  name: string;
  /** Milliseconds until the reader sees the result. */
  measure: (page: Page) => Promise<number>;
}

const open = (path: string) => async (page: Page) => {
  await page.goto(path);
  return page.evaluate<number>("performance.getEntriesByType('navigation')[0].loadEventEnd");
};

/** From the last key to the changed list, with the 250 ms that the page waits for further keys. */
const typeFilter = (text: string) => async (page: Page) => {
  await page.goto("/");
  const before = await page.textContent("#deliveries .count");
  await page.focus("[data-search]");
  await page.keyboard.type(text.slice(0, -1));
  const began = performance.now();
  await page.keyboard.type(text.slice(-1));
  await page.evaluate(`new Promise((resolve) => {
    const check = () =>
      document.querySelector("#deliveries .count").textContent === ${JSON.stringify(before)}
        ? requestAnimationFrame(check)
        : resolve();
    check();
  })`);
  return performance.now() - began;
};

const steps: Step[] = [
  { name: "Deliveries", measure: open("/") },
  { name: "Deliveries, page 500", measure: open("/?before=50000") },
  { name: "refused (4xx)", measure: open("/?response=4xx") },
  { name: "one repository, before a time", measure: open("/?repository=hello-world&to=2100-01-01T00:00") },
  { name: "the search status:4xx type:push", measure: open("/?text=status:4xx+type:push") },
  { name: "a search in payloads", measure: open('/?text=payload:"no such text"') },
  { name: "typing check_run into the search", measure: typeFilter("check_run") },
  { name: "the dry run of a replay of all", measure: open("/deliveries/replay?which=found") },
  { name: "a delivery", measure: open("/deliveries/50000") },
  { name: "Compare", measure: open("/deliveries/50000/compare?with=49999") },
  { name: "Dead letters", measure: open("/dead-letters") },
  { name: "Trigger", measure: open("/trigger") },
  { name: "Slack", measure: open("/slack/C0ENG") },
  { name: "Dashboard Delivery", measure: open("/dashboards/delivery") },
  { name: "Query", measure: open("/query") },
  { name: "Schedules", measure: open("/schedules") },
  { name: "Connect", measure: open("/connect") },
  { name: "Help", measure: open("/shortcuts") },
];

/** The time until each page of the console is loaded in Chromium, with 100,000 deliveries in the log, as a table. */
export async function reportConsole(rounds: number): Promise<string> {
  process.env.LOG_LEVEL ??= "ERROR";
  const dataDir = await mkdtemp(join(tmpdir(), "bench-"));
  fillDeliveryLog(new DeliveryLog(join(dataDir, "deliveries")), DELIVERIES);
  const suite = await startSuite({ port: 0, dataDir, clock: false });
  const newest = suite.deliveryLog.newest()?.number;
  const browser = await startChromium();
  try {
    // As npm start does.
    await warmConsole(suite.url, newest, new AbortController().signal);
    const times = await measureSteps(browser, suite.url, rounds);
    return formatTable(times, [
      { heading: `${DELIVERIES.toLocaleString("en")} deliveries in the log`, cell: ({ name }) => name },
      { heading: "first", cell: ({ first }) => `${Math.round(first)} ms` },
      { heading: "median", cell: ({ median }) => `${Math.round(median)} ms` },
    ]);
  } finally {
    await browser.close();
    await suite.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** @returns of each step its first time and the median of the rounds after it */
async function measureSteps(browser: Browser, baseURL: string, rounds: number) {
  const page = await browser.newPage({ baseURL, viewport: { width: 1280, height: 800 } });
  page.setDefaultNavigationTimeout(120_000);
  const times = new Map<string, number[]>(steps.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++)
    for (const { name, measure } of steps) {
      // The page before redraws itself once after it was loaded.
      await page.goto("about:blank");
      await page.waitForTimeout(500);
      times.get(name)?.push(await measure(page));
    }
  return [...times].map(([name, [first = 0, ...rest]]) => {
    const sorted = rest.toSorted((a, b) => a - b);
    return { name, first, median: sorted[Math.floor(sorted.length / 2)] ?? first };
  });
}
