import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { describeInBrowser, keepScreenshot, violationsOn, withConsole } from "../support/browser.ts";

const run = promisify(execFile);

describeInBrowser("the console's page Trigger", () => {
  const suite = withConsole();
  const trigger = (...args: string[]) =>
    run("npx", ["tsx", "infra/trigger/main.ts", ...args], {
      env: { ...process.env, PORT: new URL(suite.url).port },
    }).then(
      ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
      (error: { code: number; stdout: string; stderr: string }) => ({ ...error, status: error.code }),
    );

  it("sends a changed example from the keyboard and shows its rows and its message", async () => {
    const { page, problems } = await suite.openPage();
    await page.goto("/trigger");
    await page.selectOption("select[name=source]", "github");
    await page.selectOption("select[name=event]", "check_run");
    await page.selectOption("select[name=example]", "github.check-run-failed");
    await page.waitForURL(/example=github\.check-run-failed/);
    expect(await page.inputValue("input[name=conclusion]")).toBe("failure");
    await page.fill("#set", "check_run.nmae=backend tests");
    await page.press("#set", "Control+Enter");
    expect(await page.textContent("[role=alert]")).toContain("The payload has no check_run.nmae");
    expect(await page.inputValue("#set")).toBe("check_run.nmae=backend tests");
    await page.fill("#set", "check_run.output.summary=two of forty");
    await page.press("input[name=user]", "Enter");
    await page.waitForURL(/sent=1/);
    const caused = page.locator("#caused");
    await expect
      .poll(() => caused.textContent(), { timeout: 20_000 })
      .toMatch(/required-checks acknowledged.*product_eng\.events: 1.*#team-engineering: /s);
    expect(await page.textContent(".command")).toBe(
      `PORT=${new URL(suite.url).port} npm run trigger -- github.check-run-failed --set 'check_run.output.summary=two of forty'`,
    );
    await page.click("#caused >> text=#1");
    expect(JSON.parse((await page.textContent("#payload")) ?? "")).toMatchObject({
      check_run: { output: { summary: "two of forty" } },
    });
    expect(problems).toEqual([]);
    await page.close();
  });

  it.each([
    [390, "dark"],
    [768, "light"],
    [1280, "dark"],
  ] as const)("has no violation and no overflow at %i px, %s", async (width, colorScheme) => {
    const { page, problems } = await suite.openPage({
      viewport: { width, height: 800 },
      colorScheme,
    });
    await page.goto("/trigger?example=github.check_run.created&sent=1");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    await keepScreenshot(page, `trigger-${width}-${colorScheme}`);
    expect(problems).toEqual([]);
    // axe measures contrast with inline styles, which the content security policy refuses.
    expect(await violationsOn(page)).toEqual([]);
    await page.close();
  });

  it("is a command as well: it prints what the delivery caused, and a dry run sends nothing", async () => {
    const before = (await suite.local.events()).length;
    const changes = ["github.check_run", "--set", "check_run.conclusion=failure", "--sha", "c".repeat(40)];
    const dry = await trigger(...changes, "--dry-run");
    expect(JSON.parse(dry.stdout)).toMatchObject({ check_run: { head_sha: "c".repeat(40) } });
    const refused = await trigger("github.check_run", "--set", "check_run.conlusion=failure");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/^The payload has no check_run\.conlusion; check_run has .*\n$/);
    expect(await suite.local.events()).toHaveLength(before);
    const { stdout } = await trigger(...changes);
    expect(stdout).toMatch(/^202 .*\ndelivery {4}http:\/\/localhost:\d+\/deliveries\/\d+\n/);
    expect(stdout).toMatch(/subscriber {2}metrics acknowledged/);
    expect(stdout).toContain("rows        1 in product_eng.events");
    expect(await suite.local.events()).toHaveLength(before + 1);
  });
});
