import type { Method } from "./arguments.ts";
import { chatMethods } from "./methods/chat.ts";
import { conversationMethods } from "./methods/conversations.ts";
import { userMethods } from "./methods/users.ts";
import { viewMethods } from "./methods/views.ts";
import type { Store } from "./store.ts";
import type { Triggers } from "./triggers.ts";

/** The emulated methods of https://docs.slack.dev/reference/methods, by name. */
export function methods(store: Store, triggers: Triggers): Record<string, Method> {
  const { workspace } = store;
  const { team, bot } = workspace;
  return {
    "auth.test": () => ({
      url: `https://${team.domain}.slack.com/`,
      team_id: team.id,
      user_id: bot.id,
      user: bot.name,
      bot_id: "B0LOCAL",
    }),
    ...chatMethods(store),
    ...conversationMethods(workspace),
    ...userMethods(workspace),
    ...viewMethods(workspace, triggers),
  };
}
