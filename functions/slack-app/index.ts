import { readConfig } from "../../shared/config.ts";
import type { SlackEvent } from "../../shared/events/slack-event.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { type AppContext, listCommands, runCommand } from "./define-command.ts";
import { help } from "./help.ts";
import { linkLogin } from "./home/link-login.ts";
import { showHome } from "./home/publish-home.ts";
import { syncProfile } from "./members/sync-profile.ts";
import { syncUsers } from "./members/sync-users.ts";
import { deployNotifications, setNotifications } from "./notifications/set-notifications.ts";
import { type Intent, parseIntent } from "./parse-intent.ts";
import { countTypescript } from "./typescript/count-typescript.ts";
import { showUndeployed } from "./undeployed/show-undeployed.ts";
import { cancelWorkflows } from "./workflows/cancel-workflows.ts";

/** In the order in which the help lists them. */
const commands = [deployNotifications, cancelWorkflows, countTypescript, syncUsers, help];
const app: AppContext = { config: readConfig(process.env), commandList: listCommands(commands) };

defineSubscriber("slack-app", async (event) => {
  if (event.source !== "slack") return;
  const intent = parseIntent(event);
  if (intent) await follow(intent, event);
});

function follow(intent: Intent, event: SlackEvent): Promise<void> {
  switch (intent.kind) {
    case "show-home":
      return showHome(event, intent.user, app);
    case "link-login":
      return linkLogin(event, intent, app);
    case "set-notifications":
      return setNotifications(event, intent, app);
    case "view-undeployed":
      return showUndeployed(event, intent, app.config);
    case "sync-profile":
      return syncProfile(event, intent.changed, app.config);
    case "command":
      return runCommand(commands, intent, { ...intent, event, app });
  }
}
