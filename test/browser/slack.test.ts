import { WebClient } from "@slack/web-api";
import { beforeAll, expect, it } from "vitest";
import { describeInBrowser, keepScreenshot, violationsOn, withConsole } from "../support/browser.ts";
import { startDeploySuite } from "../support/deploy-suite.ts";

const plain = (text: string) => ({ type: "plain_text" as const, text });

describeInBrowser("the console's Slack", () => {
  const suite = withConsole(startDeploySuite);
  let slack: WebClient;
  beforeAll(() => {
    slack = new WebClient("xoxb-test", { slackApiUrl: process.env.SLACK_API_URL ?? "" });
  });

  it("shows a message when it arrives and when it changes, with its blocks and attachments", async () => {
    const { page, problems } = await suite.openPage();
    await page.goto("/slack");
    expect(page.url()).toMatch(/\/slack\/C0ENG$/);
    const { ts = "" } = await slack.chat.postMessage({
      channel: "C0ENG",
      text: "red",
      blocks: [
        { type: "header", text: plain("Master *is* red") },
        {
          type: "section",
          text: { type: "mrkdwn", text: "*bold* <@U0MIRA> <https://example.com/a?b=1&amp;c=2|log>" },
        },
        {
          type: "context",
          elements: [
            { type: "image", image_url: "https://example.com/a.png", alt_text: "mira-okafor" },
            { type: "mrkdwn", text: "mira-okafor" },
          ],
        },
      ],
      attachments: [{ color: "#F55459", text: "a commit" }],
    });
    const message = page.locator(`[data-ts="${ts}"]`);
    await message.waitFor();
    expect(await message.locator("h3").textContent()).toBe("Master *is* red");
    expect(await message.locator("strong", { hasText: "bold" }).count()).toBe(1);
    expect(await message.locator(".mention").textContent()).toBe("@Mira Okafor");
    expect(await message.locator("a", { hasText: "log" }).getAttribute("href")).toBe(
      "https://example.com/a?b=1&c=2",
    );
    expect(await message.locator(".attachment").getAttribute("style")).toBe("border-color:#F55459");
    await slack.chat.update({ channel: "C0ENG", ts, text: "green again" });
    await message.locator("text=green again").waitFor();
    expect(await message.textContent()).toContain("(edited)");
    await slack.chat.postMessage({ channel: "C0ENG", text: "in a thread", thread_ts: ts });
    await page.locator(".replies", { hasText: "in a thread" }).waitFor();
    await slack.chat.postEphemeral({ channel: "C0ENG", text: "psst", user: "U0LENA" });
    await page.locator("text=only Lena Fischer sees this").waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  it("shows escaped text without markup or mentions", async () => {
    const { page, problems } = await suite.openPage();
    await page.goto("/slack/C0ENG");
    const title = `&lt;!channel&gt; &lt;img src=x onerror="document.title='taken'"&gt; &amp;lt;`;
    const { ts = "" } = await slack.chat.postMessage({ channel: "C0ENG", text: title });
    const message = page.locator(`[data-ts="${ts}"]`);
    await message.waitFor();
    expect(await message.locator(".slack_blocks_to_jsx").textContent()).toBe(
      `<!channel> <img src=x onerror="document.title='taken'"> &lt;`,
    );
    expect(await message.locator(".mention, img").count()).toBe(0);
    expect(await page.title()).not.toBe("taken");
    expect(problems).toEqual([]);
    await page.close();
  });

  it("has buttons that ask for confirmation where required, and act when pressed", async () => {
    const confirm = {
      title: plain("Sure?"),
      text: plain("It deploys."),
      confirm: plain("Do it"),
      deny: plain("Leave it"),
    };
    const button = {
      type: "button" as const,
      action_id: "ask",
      text: plain("Press me"),
      value: "v",
      confirm,
    };
    const { ts = "" } = await slack.chat.postMessage({
      channel: "U0MIRA",
      text: "press",
      blocks: [{ type: "actions", elements: [button] }],
    });
    const { page } = await suite.openPage();
    await page.goto("/slack/U0MIRA");
    const presses = async () =>
      (await suite.local.events()).filter(({ type }) => type === "slack.block_actions").length;
    const before = await presses();
    await page.click(`[data-ts="${ts}"] button`);
    expect(await page.locator("dialog.confirm").textContent()).toContain("It deploys.");
    await page.click("text=Leave it");
    await page.click(`[data-ts="${ts}"] button`);
    await page.click("text=Do it");
    await expect.poll(presses).toBe(before + 1);
    await page.close();
  });

  it("has the buttons of a ready commit: Mute asks for confirmation and changes the message; Un-mute changes it back", async () => {
    const sha = suite.commit();
    await suite.pass(sha);
    const { page, problems } = await suite.openPage();
    await page.goto("/slack/U0MIRA");
    const message = page.locator(`[data-ts="${suite.messagesAbout(sha)[0]?.ts}"]`);
    const button = (name: string) => message.getByRole("button", { name, exact: true });
    expect(await message.locator("button").allTextContents()).toContain("Mute");
    await button("Mute").click();
    await keepScreenshot(page, "mute-asks-first");
    // The text is mrkdwn.
    expect(await page.locator("dialog.confirm").textContent()).not.toMatch(/[*`]/);
    expect(await page.locator("dialog.confirm strong").count()).toBeGreaterThan(0);
    await page.locator("dialog.confirm").getByRole("button", { name: "Mute" }).click();
    await button("Un-mute").waitFor();
    expect(await button("Mute").count()).toBe(0);
    expect(await message.textContent()).toContain("(edited)");
    await button("Un-mute").click();
    await button("Mute").waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  it("sends a person's message, and shows the reply", async () => {
    const { page, problems } = await suite.openPage();
    await page.goto("/slack/U0LENA");
    await page.fill("#words", "help <b> & so on");
    await page.press("#words", "Enter");
    await page.locator("#messages", { hasText: "help <b> & so on" }).waitFor();
    await page.locator("#messages .badge", { hasText: "app" }).first().waitFor({ timeout: 20_000 });
    await page.goto("/slack/C0ENG?as=U0INES");
    await page.fill("#words", "help");
    await page.click("button:text-is('Send')");
    const asked = page.locator(".thread", { hasText: "@ci-tooling help" });
    await asked.locator(".replies").waitFor({ timeout: 20_000 });
    expect(await asked.textContent()).toContain("Ines Duarte");
    expect(problems).toEqual([]);
    await page.close();
  });

  it("publishes App Home when a person opens it, and updates it when they submit an input", async () => {
    const { page } = await suite.openPage();
    await page.goto("/slack/U0LENA/home");
    const home = page.locator("#home");
    await home.locator("input").waitFor();
    await home.locator("input").fill("lena-fischer");
    await home.locator("input").press("Enter");
    await home.locator("a", { hasText: "lena-fischer" }).waitFor();
    await page.close();
  });

  it.each([390, 768])("shows the newest message and the composer first, %i px wide", async (width) => {
    for (let n = 1; n <= 12; n++) await slack.chat.postMessage({ channel: "C0ENG", text: `message ${n}` });
    const { ts = "" } = await slack.chat.postMessage({ channel: "C0ENG", text: "newest" });
    const { page } = await suite.openPage({ viewport: { width, height: 800 } });
    await page.goto("/slack/C0ENG");
    for (const part of [`[data-ts="${ts}"]`, "#words"]) {
      const box = await page.locator(part).boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(800);
    }
    expect(await page.evaluate("scrollY")).toBe(0);
    // Every section of the console fits into the header.
    const nav = (size: string) => page.evaluate(`document.querySelector(".top nav").${size}`);
    expect(await nav("scrollWidth")).toBe(await nav("clientWidth"));
    await page.close();
  });

  it("finds a message, leads to its event and back, and shows what it was before", async () => {
    const sha = suite.commit();
    const event = await suite.pass(sha);
    await suite.report({ number: 77, sha, status: "started" });
    const [posted] = suite.messagesAbout(sha);
    const { page, problems } = await suite.openPage();
    await page.goto("/slack/C0ENG");
    await page.fill("#slack-search", `deploy ${sha.slice(0, 7)}`);
    await page.press("#slack-search", "Enter");
    await page.waitForURL(/slack\/search/);
    const found = page.locator(`#found [data-ts="${posted?.ts}"]`);
    await found.locator("a", { hasText: "to " }).click();
    await page.waitForURL(/slack\/U0MIRA#m/);
    const message = page.locator(`#messages [data-ts="${posted?.ts}"]`);
    await message.locator("summary").click();
    const earlier = message.locator(".version").first();
    expect(await earlier.textContent()).toContain("is ready to deploy");
    await earlier.locator("a", { hasText: "Event" }).click();
    await page.waitForURL(/deliveries\/\d+$/);
    expect(await page.textContent(".facts")).toContain(event);
    expect(await page.textContent(".timeline")).toContain("Slack");
    await page.click(`#results [data-ts="${posted?.ts}"] >> text=to mira`);
    await page.waitForURL(/slack\/U0MIRA#m/);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("offers the bot's commands while one types", async () => {
    const { page, problems } = await suite.openPage();
    await page.goto("/slack/U0MIRA");
    const options = page.locator("#commands [role=option]:visible");
    await page.locator("#words").pressSequentially("de");
    expect(await options.allTextContents()).toEqual([
      expect.stringContaining("deploy notifications on or off"),
    ]);
    await page.press("#words", "ArrowDown");
    await page.press("#words", "Enter");
    expect(await page.inputValue("#words")).toBe("deploy notifications on");
    expect(await options.count()).toBe(0);
    expect(problems).toEqual([]);
    expect(await violationsOn(page)).toEqual([]);
    await page.close();
  });

  it("opens a modal when the bot does", async () => {
    const { page } = await suite.openPage();
    await page.goto("/slack/U0TOMAS");
    const trigger_id = await suite.local.issueTrigger("U0TOMAS");
    await slack.views.open({
      trigger_id,
      view: {
        type: "modal",
        title: plain("Undeployed commits"),
        blocks: [{ type: "section", text: plain("One *commit*") }],
      },
    });
    const dialog = page.locator("dialog[open]");
    await dialog.waitFor();
    expect(await dialog.textContent()).toContain("One *commit*");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("dialog[open]").count()).toBe(0);
    await page.click("text=Open “Undeployed commits” again");
    await dialog.waitFor();
    await page.close();
  });

  it("leaves the function reachable: requests that do not accept HTML go to it", async () => {
    const response = await fetch(`${suite.url}/slack`);
    expect(response.status).toBe(405);
  });
});
