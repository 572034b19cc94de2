import type { SlackMessage } from "../../shared/slack/slack-message.ts";
import { commands } from "./commands.ts";

/** The list of commands. */
export function helpMessage(): SlackMessage {
  return {
    text: [
      "*What you can ask me*, in a direct message or by mentioning me in a channel:",
      commands(),
      "My *Home* tab is where you link your GitHub login.",
    ].join("\n"),
  };
}
