import { PubSub } from "@google-cloud/pubsub";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { normalizeCallback, normalizeInteraction } from "../../functions/slack/normalize.ts";
import { readBody } from "../../functions/slack/read-body.ts";
import { encode } from "../../functions/slack/sign.ts";
import type { RunningGitHub } from "../../infra/emulators/github/start.ts";
import {
  directMessage,
  homeOpened,
  mention,
  userChange,
} from "../../infra/emulators/slack/interactions/callbacks.ts";
import { pressButton } from "../../infra/emulators/slack/interactions/press-button.ts";
import type { RunningSlack } from "../../infra/emulators/slack/start.ts";
import type { LocalMessage, LocalView } from "../../infra/emulators/slack/workspace.ts";
import { REPLAY_FOR, toMessage } from "../../shared/pubsub/message.ts";
import { Delivery } from "../../shared/webhook/delivery.ts";
import { startTestSuite, type TestSuite } from "./test-suite.ts";

/** Actions of people in the Slack emulator, each a signed delivery, and what they see there. */
export interface SlackConversation {
  suite: TestSuite;
  slack: RunningSlack;
  github: RunningGitHub;
  /** Delivers a body, `times` times concurrently, and returns when the suite is idle. */
  deliver(body: object, times?: number): Promise<void>;
  /** Replays a body that arrived two hours ago as a dead letter of `slack-app`, and returns when it is handled. */
  replayLate(body: object): Promise<void>;
  /** Writes to the bot directly, or mentions it in a channel. @returns the message */
  say(written: { user: string; text: string; channel?: string; times?: number }): Promise<LocalMessage>;
  press(
    where: LocalMessage | LocalView,
    pressed: { user: string; actionId: string; value?: string; times?: number },
  ): Promise<void>;
  openHome(user: string): Promise<LocalView>;
  /** Delivers `user_change` for a user. */
  changeProfile(user: string): Promise<void>;
  /** The bot's messages in a channel or to a person, ephemeral ones included. */
  said(channel: string): LocalMessage[];
  /** All texts of App Home. */
  home(user: string): string;
}

/** @throws {Error} when SLACK_API_URL or GITHUB_API_URL names a service other than the emulator */
export async function startConversation(): Promise<SlackConversation> {
  const suite = await startTestSuite();
  const slack = suite.services.slack?.current;
  const github = suite.services.github?.current;
  if (!slack || !github) throw new Error("These tests need the local Slack and GitHub");
  const { workspace } = slack;
  const homeOf = (user: string) => slack.views().find((view) => view.type === "home" && view.user === user);

  const deliver = async (body: object, times = 1) => {
    await Promise.all(Array.from({ length: times }, () => suite.send("slack", body)));
    await suite.settled();
  };
  return {
    suite,
    slack,
    github,
    deliver,
    async replayLate(body) {
      const event = normalize(body, new Date(Date.now() - 2 * 60 * 60 * 1000));
      const { data, attributes } = toMessage(event, {});
      const pubsub = new PubSub({ projectId: process.env.GOOGLE_CLOUD_PROJECT ?? "local" });
      const copy = { data, attributes: { ...attributes, [REPLAY_FOR]: "slack-app" } };
      const messageId = await pubsub.topic("replay").publishMessage(copy);
      await pubsub.close();
      const pushes = () =>
        suite.deliveryLog.history(event.id).pushes.filter((push) => push.messageId === messageId);
      await expect.poll(pushes).toMatchObject([{ function: "slack-app", outcome: "acknowledged" }]);
    },
    async say({ times, ...written }) {
      const message = slack.write(written);
      await deliver(written.channel ? mention(workspace, message) : directMessage(workspace, message), times);
      return message;
    },
    async press(where, { times, ...pressed }) {
      const surface = "type" in where ? { view: where } : { message: where };
      const triggerId = slack.issueTrigger(pressed.user);
      await deliver(pressButton({ workspace, triggerId, ...surface, ...pressed }), times);
    },
    async openHome(user) {
      await deliver(homeOpened(workspace, { user }));
      const view = homeOf(user);
      if (!view) throw new Error(`App Home of ${user} was not published`);
      return view;
    },
    changeProfile: (user) => deliver(userChange(workspace, { user })),
    said: (channel) =>
      slack.messages().filter((message) => message.channel === channel && message.user === workspace.bot.id),
    home: (user) => textsIn(homeOf(user)?.view).join("\n"),
  };
}

/** Normalizes a body that Slack sends, as `functions/slack` does. */
function normalize(body: object, receivedAt: Date) {
  const bytes = encode(Buffer.from(JSON.stringify(body)));
  const isForm = bytes.subarray(0, 8).toString() === "payload=";
  const mediaType = isForm ? "application/x-www-form-urlencoded" : "application/json";
  const read = readBody(new Delivery({ rawHeaders: [] }, bytes, mediaType, receivedAt));
  const arrival = { receivedAt, hash: `late ${receivedAt.getTime()}`, retry: null };
  if (read.kind === "callback") return normalizeCallback(read, arrival);
  if (read.kind === "interaction") return normalizeInteraction(read, arrival);
  throw new Error("The body is neither a callback nor an interaction");
}

/**
 * A conversation for a whole test file: started before its tests, without faults after each, stopped at its end.
 *
 * @returns an object that is filled before the first test
 */
export function withConversation(): SlackConversation {
  const conversation = {} as SlackConversation;
  beforeAll(async () => {
    Object.assign(conversation, await startConversation());
  });
  afterEach(() => {
    conversation.slack.faults.clear();
    conversation.github.faults.clear();
  });
  afterAll(() => conversation.suite.stop());
  return conversation;
}

/** Every text in blocks, in their order. */
export function textsIn(value: unknown): string[] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return Object.entries(value).flatMap(([key, part]) =>
    key === "text" && typeof part === "string" ? [part] : textsIn(part),
  );
}
