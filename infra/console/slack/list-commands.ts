import type { Command } from "../../../functions/slack-app/define-command.ts";

/** A command as the composer offers it. */
export interface OfferedCommand {
  /** What is written into the field. */
  text: string;
  /** How to write it, and what it does, in plain text. */
  usage: string;
  help: string;
}

/** The bot's commands as plain text. A usage is mrkdwn: its first piece of code is the command. */
export function listCommands(commands: Pick<Command, "usage" | "help">[]): OfferedCommand[] {
  return commands.map(({ usage, help }) => ({
    text: plain(/`([^`]+)`/.exec(usage)?.[1] ?? usage).replace(/<.*/, ""),
    usage: plain(usage),
    help: plain(help),
  }));
}

function plain(mrkdwn: string): string {
  return mrkdwn.replaceAll("`", "").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
