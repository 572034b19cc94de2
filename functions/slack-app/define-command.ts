import type { Config } from "../../shared/config.ts";
import type { SlackEvent } from "../../shared/events/event.ts";
import { declineExpired, isExpired } from "./expiry.ts";
import { fetchMember, membersOnly } from "./member.ts";
import { type ReplyTarget, reply } from "./reply.ts";

/** What every handler of this function needs beside the event. */
export interface AppContext {
  config: Config;
  /** The commands with their help, one line each, in mrkdwn. */
  commandList: string;
}

/** The message that contains the command. */
export interface CommandRequest {
  event: SlackEvent;
  /** Slack id of the author. */
  user: string;
  target: ReplyTarget;
  app: AppContext;
}

interface CommandDefinition<Arguments extends object> {
  /** How to write the command, in mrkdwn. */
  usage: string;
  /** What the command does, in mrkdwn. */
  help: string;
  /** Whether only confirmed members of the organization may run it: guests and strangers of Slack Connect see the bot too. */
  forMembers: boolean;
  /**
   * Pure.
   *
   * @param words the message as `readWords` returns it
   * @param isDirect whether it is a direct message, which nobody but the bot reads
   * @returns the arguments; null if the message is not this command
   */
  parse(words: string, isDirect: boolean): Arguments | null;
  run(request: CommandRequest, args: Arguments): Promise<void>;
}

/** A command whose arguments are hidden, so that commands with different arguments fit into one list. */
export interface Command {
  usage: string;
  help: string;
  forMembers: boolean;
  /** @returns what runs the command; null if the message is not this command */
  match(words: string, isDirect: boolean): ((request: CommandRequest) => Promise<void>) | null;
}

export function defineCommand<Arguments extends object>(
  definition: CommandDefinition<Arguments>,
): Command & CommandDefinition<Arguments> {
  return {
    ...definition,
    match(words, isDirect) {
      const args = definition.parse(words, isDirect);
      return args && ((request) => definition.run(request, args));
    },
  };
}

/** A parser for a command without arguments, in upper or lower case. */
export function isExactly(command: string): (words: string) => object | null {
  return (words) => (words.toLowerCase() === command ? {} : null);
}

/** Runs the first command of the list that matches a message. */
export async function runCommand(
  commands: readonly Command[],
  { words, isDirect }: { words: string; isDirect: boolean },
  request: CommandRequest,
) {
  for (const command of commands) {
    const run = command.match(words, isDirect);
    if (!run) continue;
    const { event, user, target, app } = request;
    if (isExpired(event, new Date())) return declineExpired(event, target);
    if (command.forMembers && !(await fetchMember(user, app.config.emailDomain)))
      return reply(event, target, { text: membersOnly(app.config.emailDomain) });
    return run(request);
  }
}

/** One line per command, in mrkdwn. */
export function listCommands(commands: readonly Command[]): string {
  return commands.map(({ usage, help }) => `• ${usage}: ${help}`).join("\n");
}

/** Closing characters by the opening ones that people put around a command, as the help shows it or as they format it. */
const pairs: Record<string, string> = {
  "<": ">",
  "‹": "›",
  "«": "»",
  "(": ")",
  "[": "]",
  "“": "”",
  "‘": "’",
  '"': '"',
  "'": "'",
  "*": "*",
  _: "_",
  "~": "~",
};

/**
 * The words of a message with single spaces, without the bot's mention at the beginning, without Slack's markup, backticks, the brackets,
 * quotes or emphasis around the whole, and the punctuation at the end.
 *
 * @param text as Slack sends it, https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
 * @param bots user ids under which the bot is mentioned; null if they are unknown: then a mention at the beginning is the bot's
 */
export function readWords(text: string, bots: string[] | null): string {
  const words = removeMention(text, bots)
    .replaceAll("`", "")
    .replaceAll(/<(https?:\/\/[^|>]*)(?:\|[^>]*)?>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ")
    .trim();
  return removeDecoration(words);
}

/** Goes from the outside to the inside: `"help."`, `(*help*).` A pair that also occurs inside is part of the words: `<a> b <c>`. */
function removeDecoration(words: string): string {
  const plain = words.replace(/[\s.,;:!?…]+$/, "");
  const opening = plain[0] ?? "";
  const closing = pairs[opening];
  if (closing === undefined || plain.length === 1 || !plain.endsWith(closing)) return plain;
  const inside = plain.slice(1, -1).trim();
  return inside.includes(opening) || inside.includes(closing) ? plain : removeDecoration(inside);
}

function removeMention(text: string, bots: string[] | null): string {
  const mention = /^\s*<@([A-Z0-9]+)(?:\|[^>]*)?>[:,]?/.exec(text);
  if (mention?.[1] === undefined) return text;
  const isBot = bots === null || bots.includes(mention[1]);
  return isBot ? text.slice(mention[0].length) : text;
}
