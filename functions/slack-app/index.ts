import { readConfig } from "../../shared/config.ts";
import type { SlackEvent } from "../../shared/events/event.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { isIrrelevant, logIrrelevant } from "../../shared/pubsub/irrelevant.ts";
import { commands } from "./commands.ts";
import { type AppContext, listCommands, runCommand } from "./define-command.ts";
import { declineExpired, isExpired } from "./expiry.ts";
import { linkLogin, showHome } from "./home.ts";
import { syncProfile } from "./member.ts";
import type { Intent } from "./parse-intent.ts";
import { readRelevant } from "./read-relevant.ts";
import { setNotifications } from "./set-notifications.ts";
import { showUndeployed } from "./show-undeployed.ts";
import { unlinkIncident } from "./unlink-incident.ts";

const app: AppContext = { config: readConfig(process.env), commandList: listCommands(commands) };

defineSubscriber("slack-app", async (received) => {
  const relevant = readRelevant(received);
  // What is said in Slack is not stored in the warehouse.
  if (isIrrelevant(relevant)) return logIrrelevant(relevant, "INFO");
  const { intent, event } = relevant;
  if (isPress(intent) && isExpired(event, new Date())) return declineExpired(event, { channel: intent.user });
  await follow(intent, event);
});

type Press = Extract<
  Intent,
  { kind: "link-login" | "set-notifications" | "view-undeployed" | "unlink-incident" }
>;

/** App Home and profiles are shown and stored as they are now, however late their event is. `runCommand` checks the age of commands. */
function isPress(intent: Intent): intent is Press {
  return ["link-login", "set-notifications", "view-undeployed", "unlink-incident"].includes(intent.kind);
}

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
    case "unlink-incident":
      return unlinkIncident(event, intent, app.config);
    case "sync-profile":
      return syncProfile(event, intent.changed, app.config);
    case "command":
      return runCommand(commands, intent, { ...intent, event, app });
  }
}
