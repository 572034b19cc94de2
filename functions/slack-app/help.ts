import { defineCommand, isExactly } from "./define-command.ts";
import { reply } from "./reply.ts";

const isHelp = isExactly("help");

/** Also the response to a direct message that is no command. Must be the last command of the list, since it matches all of those. */
export const help = defineCommand({
  usage: "`help`",
  help: "this list",
  forMembers: false,
  parse: (words, isDirect) => (isDirect ? {} : isHelp(words)),
  run: ({ event, target, app }) =>
    reply(event, target, {
      text: [
        "*What you can ask me*, in a direct message or by mentioning me in a channel:",
        app.commandList,
        "My *Home* tab is where you link your GitHub login.",
      ].join("\n"),
    }),
});
