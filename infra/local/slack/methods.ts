import { randomBytes } from "node:crypto";
import { SlackError } from "./slack-error.ts";
import type { Store } from "./store.ts";
import type { Triggers } from "./triggers.ts";
import type { Channel, LocalMessage, LocalView } from "./workspace.ts";

/** Arguments of a method, with JSON in forms already read. */
export type Arguments = Record<string, unknown>;
export type Method = (given: Arguments) => Record<string, unknown>;

/** https://docs.slack.dev/reference/methods/chat.postMessage#truncating */
const MAX_TEXT = 40_000;
/** https://docs.slack.dev/reference/block-kit/blocks */
const MAX_MESSAGE_BLOCKS = 50;
const MAX_VIEW_BLOCKS = 100;
const MAX_MODAL_TITLE = 24;

/** The methods of https://docs.slack.dev/reference/methods that the suite uses, by name. */
export function methods(store: Store, triggers: Triggers): Record<string, Method> {
  const { workspace } = store;
  return {
    "auth.test": () => ({ team_id: workspace.team.id, user_id: workspace.bot.id, user: workspace.bot.name }),
    "chat.postMessage": (given) => {
      const channel = channelFor(store, given.channel);
      const message: LocalMessage = {
        channel: channel.id,
        channel_name: channel.name,
        ts: store.nextTs(),
        ...(typeof given.thread_ts === "string" && { thread_ts: given.thread_ts }),
        user: workspace.bot.id,
        ...content(given),
        ...(given.metadata !== undefined && { metadata: given.metadata }),
      };
      workspace.messages.push(message);
      return { channel: channel.id, ts: message.ts, message };
    },
    "chat.update": (given) => {
      const message = workspace.messages.find(
        ({ channel, ts }) => channel === given.channel && ts === given.ts,
      );
      if (!message) throw new SlackError("message_not_found");
      Object.assign(message, content(given), { edited: { user: workspace.bot.id, ts: store.nextTs() } });
      return { channel: message.channel, ts: message.ts, text: message.text, message };
    },
    "views.open": (given) => {
      const view = newView(triggers.exchange(given.trigger_id), "modal", given.view);
      workspace.views.push(view);
      return { view: shown(view) };
    },
    "views.update": (given) => {
      const view = workspace.views.find(({ id, type }) => id === given.view_id && type === "modal");
      if (!view) throw new SlackError("not_found");
      if (given.hash !== undefined && given.hash !== view.hash) throw new SlackError("hash_conflict");
      Object.assign(view, { view: checkedView(given.view, "modal"), hash: hash() });
      return { view: shown(view) };
    },
    "views.publish": (given) => {
      const user = workspace.users.find(({ id }) => id === given.user_id);
      if (!user) throw new SlackError("user_not_found");
      const home = workspace.views.find((view) => view.type === "home" && view.user === user.id);
      const view = newView(user.id, "home", given.view);
      if (home) Object.assign(home, { view: view.view, hash: view.hash });
      else workspace.views.push(view);
      return { view: shown(home ?? view) };
    },
  };
}

/** A channel by id or name, or the direct messages with a user: https://docs.slack.dev/reference/methods/chat.postMessage#channels */
function channelFor({ workspace }: Store, given: unknown): Channel {
  const name = String(given ?? "").replace(/^#/, "");
  const channel = workspace.channels.find(({ id, name: own }) => id === name || own === name);
  if (channel && !channel.joined) throw new SlackError("not_in_channel");
  if (channel) return channel;
  const user = workspace.users.find(({ id }) => id === name || `D${id.slice(1)}` === name);
  if (!user) throw new SlackError("channel_not_found");
  return { id: `D${user.id.slice(1)}`, name: user.name, joined: true };
}

function content(given: Arguments): Pick<LocalMessage, "text" | "blocks" | "attachments"> {
  const blocks = list(given.blocks);
  const attachments = list(given.attachments);
  const text = typeof given.text === "string" ? given.text : "";
  if (text === "" && blocks.length === 0 && attachments.length === 0) throw new SlackError("no_text");
  if (text.length > MAX_TEXT) throw new SlackError("msg_too_long");
  if (blocks.length > MAX_MESSAGE_BLOCKS) throw new SlackError("invalid_blocks");
  return { text, blocks, attachments };
}

function newView(user: string, type: LocalView["type"], given: unknown): LocalView {
  return {
    id: `V${randomBytes(5).toString("hex").toUpperCase()}`,
    hash: hash(),
    type,
    user,
    view: checkedView(given, type),
  };
}

function checkedView(given: unknown, type: LocalView["type"]): Record<string, unknown> {
  if (given === null || typeof given !== "object") throw new SlackError("invalid_arguments");
  const view = given as { type?: unknown; title?: { text?: string }; blocks?: unknown };
  const title = view.title?.text ?? "";
  const titleFits = type === "home" || (title !== "" && title.length <= MAX_MODAL_TITLE);
  if (view.type !== type || !titleFits || list(view.blocks).length > MAX_VIEW_BLOCKS)
    throw new SlackError("invalid_arguments");
  return given as Record<string, unknown>;
}

function shown({ id, hash: current, type, view }: LocalView) {
  return { ...view, id, hash: current, type };
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function hash(): string {
  return `${Math.floor(Date.now() / 1000)}.${randomBytes(4).toString("hex")}`;
}
