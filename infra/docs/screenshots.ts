import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { runMain } from "../cli/run-main.ts";
import { LocalSuite } from "../local/client.ts";
import { startChromium } from "./chromium.ts";

const usage = `Usage: npm run screenshots

Takes the pictures in docs/screenshots from the local suite on PORT, which must have the demo's data (npm run demo).
Needs Chromium and its fonts; on Debian: chromium-headless-shell, fonts-noto-color-emoji, fonts-inter.`;

const dir = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
const url = `http://localhost:${process.env.PORT || 3000}`;

const leadTimes = `SELECT
  app,
  ROUND(AVG(lead_time_seconds) / 3600, 1) AS hours,
  COUNT(*) AS pull_requests
FROM product_eng.lead_times
GROUP BY app
ORDER BY pull_requests DESC`;

interface Picture {
  name: string;
  path: string;
  colorScheme?: "light" | "dark";
  /** Brings the page into the state to show. */
  prepare?: (page: Page) => Promise<void>;
}

const pictures: Picture[] = [
  { name: "delivery", path: "/dashboards/delivery" },
  { name: "ci", path: "/dashboards/ci", colorScheme: "dark" },
  { name: "deliveries", path: "/" },
  {
    name: "one-delivery",
    path: "/?source=freight",
    prepare: (page) => page.locator("tbody a").first().click(),
  },
  { name: "ready-to-deploy", path: "/slack/U0MIRA" },
  {
    name: "query",
    path: `/query?${new URLSearchParams({ sql: leadTimes })}`,
    prepare: async (page) => {
      await page.locator(".cm-content").press("Control+Enter");
      await page.locator("td").first().waitFor();
      await page.locator(".cm-content").waitFor();
      await page.click("text=Chart");
    },
  },
];

await runMain({ usage, options: {} }, async () => {
  if (!(await LocalSuite.find(url)))
    throw new Error(`No suite is running at ${url}; start one with npm run demo`);
  mkdirSync(dir, { recursive: true });
  const browser = await startChromium();
  for (const { name, path, colorScheme = "light", prepare } of pictures) {
    const page = await browser.newPage({
      baseURL: url,
      viewport: { width: 1280, height: 860 },
      colorScheme,
      reducedMotion: "reduce",
    });
    await page.goto(path);
    await prepare?.(page);
    // Charts and fonts are drawn after the load event.
    await page.waitForTimeout(1000);
    await page.screenshot({ path: `${dir}${name}.png` });
    console.log(`docs/screenshots/${name}.png`);
    await page.close();
  }
  await browser.close();
});
