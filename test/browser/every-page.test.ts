import { beforeAll, expect, it } from "vitest";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import {
  describeInBrowser,
  drawnFrame,
  keepScreenshot,
  violationsOn,
  withConsole,
} from "../support/browser.ts";

const WIDTHS = [1280, 768, 390];
const dashboards = [
  "delivery",
  "pull_requests",
  "ci",
  "bundles",
  "community",
  "incidents",
  "measurements",
  "suite_health",
];

describeInBrowser("each page of the console", () => {
  const suite = withConsole();
  beforeAll(async () => {
    for (const id of ["one", "two"])
      await suite.send("github", fixture("github/check-run-failed"), { event: "check_run", id });
    await suite.send("freight", fixture("freight/deploy-finished"));
    await suite.local.say({ user: "U0MIRA", text: "help" });
    await suite.local.idle();
  });

  it.each([
    ["deliveries", "/"],
    ["no-delivery", "/?text=nothing"],
    ["delivery", "/deliveries/1"],
    ["edit", "/deliveries/1/edit"],
    ["compare", "/deliveries/2/compare?with=1"],
    ["replay", "/deliveries/replay?which=found"],
    ["dead-letters", "/dead-letters"],
    ["trigger", "/trigger"],
    ["slack", "/slack/C0ENG"],
    ["direct-messages", "/slack/U0MIRA"],
    ["home", "/slack/U0MIRA/home"],
    ["slack-search", "/slack/search?q=help"],
    ...dashboards.map((name) => [`dashboard-${name}`, `/dashboards/${name}`]),
    ["explain", "/explain?deploy=getsentry%2313"],
    ["query", "/query"],
    ["schedules", "/schedules"],
    ["connect", "/connect"],
    ["local-api", "/_local"],
    ["help", "/shortcuts"],
    ["not-found", "/deliveries/4711"],
  ])(
    "%s fits into three widths and is readable by everybody, in light and dark",
    async (name, path) => {
      const { page, problems } = await suite.openPage({ reducedMotion: "reduce" });
      await page.goto(path);
      await page.evaluate(drawnFrame);
      // Before axe, whose inline styles the editor's policy refuses.
      expect(problems).toEqual([]);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 800 });
          await page.evaluate(drawnFrame);
          const needed = await page.evaluate("document.documentElement.scrollWidth");
          expect([colorScheme, width, needed]).toEqual([colorScheme, width, width]);
          expect([colorScheme, width, await violationsOn(page)]).toEqual([colorScheme, width, []]);
          await keepScreenshot(page, `${name}-${width}-${colorScheme}`);
        }
      }
      await page.close();
    },
    120_000,
  );
});
