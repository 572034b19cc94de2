import { describe, expect, it } from "vitest";
import { colors } from "../../shared/slack/slack-message.ts";
import { failing, green, requiredCheckActions, withRequiredChecks } from "../support/required-checks.ts";

const started = withRequiredChecks();
const { sha, send, handle, channel, outcome } = requiredCheckActions(started);

describe("GitHub", () => {
  it("fails before an alert, whose details follow by an edit", async () => {
    started.github.faults.add({ path: sha(15), kind: "status", status: 502, times: 8 });
    await send(15, "failure");
    const [message] = await channel();
    expect(message).toMatchObject(failing);
    expect(JSON.stringify(message?.attached)).not.toContain("GitHub did not return");
    expect(started.slack.messages()).toMatchObject([{ edited: expect.anything() }]);
  });

  it("fails for good, and the alert stays and turns green", async () => {
    started.github.faults.add({ path: sha(16), kind: "status", status: 502 });
    await send(16, "failure");
    const missing = expect.stringContaining("GitHub did not return its details");
    const reason = expect.stringContaining("This is the channel of getsentry");
    expect(await channel()).toMatchObject([{ ...failing, attached: [missing, reason] }]);
    await send(17, "success");
    expect(await channel()).toMatchObject([green]);
  });

  it("fails when a commit passes, which mends the branch only once GitHub responds", async () => {
    await handle(14, "failure");
    started.github.faults.add({ path: sha(18), kind: "status", status: 502 });
    await handle(18, "success", 30, { id: "late-pass" });
    expect(await channel()).toMatchObject([failing]);
    started.github.faults.clear();
    await handle(18, "success", 30, { id: "late-pass" });
    expect(await channel()).toMatchObject([green]);
  });

  it("does not show the repository to the App, and the failure is posted", async () => {
    started.github.faults.add({ path: sha(15), kind: "status", status: 404 });
    await send(15, "failure");
    expect(await channel()).toMatchObject([failing]);
  });
});

describe("Slack", () => {
  it("limits the rate, and the function waits for the time that Slack names", async () => {
    started.slack.faults.add({ method: "chat.postMessage", kind: "rate-limit", retryAfter: 1, times: 1 });
    await send(25, "failure");
    expect(await channel()).toHaveLength(1);
    const event = (await started.suite.local.events())[0];
    expect(event?.subscribers.find((subscriber) => subscriber.function === "required-checks")?.attempts).toBe(
      1,
    );
  });

  it("limits the rate for longer than the function may run, and the event is redelivered", async () => {
    started.slack.faults.add({ method: "chat.postMessage", kind: "rate-limit", retryAfter: 300, times: 1 });
    await send(25, "failure");
    expect(await channel()).toHaveLength(1);
    const event = (await started.suite.local.events())[0];
    expect(event?.subscribers.find((subscriber) => subscriber.function === "required-checks")?.attempts).toBe(
      2,
    );
  });

  it.each(["not_in_channel", "channel_not_found", "invalid_auth"])(
    "responds %s, and the event ends on the dead-letter topic",
    async (error) => {
      started.slack.faults.add({ method: "chat.postMessage", kind: "error", error });
      await send(27, "failure");
      expect(await channel()).toEqual([]);
      const event = (await started.suite.local.events())[0];
      expect(event?.subscribers).toContainEqual(
        expect.objectContaining({ function: "required-checks", outcome: "dead-lettered" }),
      );
    },
  );

  it("lost a message, and it is posted again when it changes", async () => {
    await send(28, "failure");
    await channel();
    started.slack.workspace.messages.length = 0;
    await send(29, "success");
    expect(await channel()).toMatchObject([
      { says: expect.stringContaining("is now fixed"), color: colors.green },
    ]);
  });
});

describe("a list of jobs", () => {
  const jobs = { backend: "failure" };

  it("that Slack refuses leaves the alert, which turns green later", async () => {
    const error = "msg_blocks_too_long";
    started.slack.faults.add({ method: "chat.postMessage", kind: "error", error, after: 1, times: 1 });
    await handle(3, "failure", 3, { id: "refused-jobs", jobs });
    expect(await channel()).toMatchObject([failing]);
    expect(await outcome("refused-jobs")).toMatchObject({ outcome: "acknowledged", attempts: 1 });
    await send(4, "success", 20);
    expect(await channel()).toMatchObject([green]);
  });

  it("that fails for good leaves the alert as well", async () => {
    started.slack.faults.add({
      method: "chat.postMessage",
      kind: "error",
      error: "internal_error",
      after: 1,
    });
    await handle(3, "failure", 3, { id: "failing-jobs", jobs });
    expect(await outcome("failing-jobs")).toMatchObject({ outcome: "dead-lettered" });
    started.slack.faults.clear();
    await send(4, "success", 20);
    expect(await channel()).toMatchObject([green]);
  });

  it("with two hundred jobs fits into one message", async () => {
    const many = Array.from({ length: 200 }, (_, n) => [`backend test (${n}) with a longer name`, "failure"]);
    await send(5, "failure", 5, { jobs: Object.fromEntries(many) });
    expect(await channel()).toMatchObject([{ thread: [{ says: expect.stringMatching(/… and \d+ more$/) }] }]);
  });
});

describe("content that Slack refuses", () => {
  it("because it cannot load a picture is posted without the picture", async () => {
    const refusal = { kind: "error", error: "invalid_blocks", containing: "avatars." } as const;
    started.slack.faults.add({ method: "chat.postMessage", ...refusal });
    started.slack.faults.add({ method: "chat.update", ...refusal });
    await handle(6, "failure");
    const [posted] = await channel();
    expect(posted).toMatchObject(failing);
    // The commit, its author, and why the channel gets the message.
    expect(posted?.attached).toHaveLength(3);
    await send(7, "success", 20);
    expect(await channel()).toMatchObject([green]);
  });

  it("because of the commit is posted without the commit", async () => {
    const refusal = { kind: "error", error: "invalid_attachments", containing: "jonas" } as const;
    started.slack.faults.add({ method: "chat.postMessage", ...refusal });
    const index = started.commits.findIndex(({ author }) => author.login?.includes("jonas"));
    await send(index, "failure");
    expect(await channel()).toMatchObject([failing]);
  });
});
