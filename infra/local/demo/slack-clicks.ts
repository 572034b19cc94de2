import type { LocalSuite } from "../local-suite-client.ts";
import { defaultWorkspace } from "../slack/default-workspace.ts";
import { directMessage, homeOpened, mention } from "../slack/interactions/callbacks.ts";
import { pressButton } from "../slack/interactions/press-button.ts";
import type { LocalMessage } from "../slack/workspace.ts";
import type { DayClock } from "./day-clock.ts";
import { type DemoDelivery, json } from "./delivery.ts";

export interface DemoPerson {
  /** Slack's id. */
  id: string;
  name: string;
}

const workspace = defaultWorkspace();

/** Somebody opens App Home, asks for help in a direct message, and mentions the bot in a channel. */
export function slackCallbacks(
  clock: DayClock,
  { id: user, name }: DemoPerson,
  minutes: number,
  suite: LocalSuite,
): DemoDelivery[] {
  const ts = (offset: number) => clock.slackTs(minutes + offset);
  const question = { user, text: "help", ts: ts(1) };
  const asked = { user, channel: "C0ENG", text: "<@U0BOT> typescript", ts: ts(2) };
  return [
    {
      source: "slack",
      label: `${name} opens App Home`,
      body: json(homeOpened(workspace, { user, ts: ts(0) })),
    },
    {
      source: "slack",
      label: `${name} sends a direct message`,
      body: async () => json(directMessage(workspace, await suite.write(question))),
    },
    {
      source: "slack",
      label: `${name} mentions the bot`,
      body: async () => json(mention(workspace, await suite.write(asked))),
    },
  ];
}

export interface DemoClick {
  action: { id: string; value: string };
  /** Minutes since midnight. */
  minutes: number;
  /** Issues a trigger id, valid for 3 s. */
  issueTrigger: (user: string) => Promise<string>;
}

/** Somebody clicks a button under a message. */
export function slackClick(
  clock: DayClock,
  person: DemoPerson,
  { action, minutes, issueTrigger }: DemoClick,
): DemoDelivery {
  const ts = clock.slackTs(minutes);
  return {
    source: "slack",
    label: `${person.name} clicks ${action.id}`,
    body: async () => {
      const clicked = pressButton({
        workspace,
        message: messageWith(action, person, ts),
        user: person.id,
        actionId: action.id,
        triggerId: await issueTrigger(person.id),
        actionTs: ts,
      });
      return Buffer.from(`payload=${encodeURIComponent(JSON.stringify(clicked))}`);
    },
  };
}

/** A direct message with one button, as if the bot had sent it. */
function messageWith(action: DemoClick["action"], { id, name }: DemoPerson, ts: string): LocalMessage {
  const text = { type: "plain_text", text: action.id };
  const button = { type: "button", action_id: action.id, value: action.value, text };
  return {
    channel: `D${id.slice(1)}`,
    channel_name: name,
    ts,
    user: workspace.bot.id,
    text: "Your commit is ready to deploy",
    blocks: [{ type: "actions", block_id: "actions", elements: [button] }],
    attachments: [],
  };
}
