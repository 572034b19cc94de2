import { readConfig } from "../../shared/config.ts";
import type { SlackEvent } from "../../shared/events/slack-event.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { helpMessage } from "./help.ts";
import { linkLogin } from "./home/link-login.ts";
import { showHome } from "./home/publish-home.ts";
import { syncProfile } from "./members/sync-profile.ts";
import { syncUsers } from "./members/sync-users.ts";
import { setNotifications } from "./notifications/set-notifications.ts";
import { type Intent, parseIntent } from "./parse-intent.ts";
import { reply } from "./reply.ts";
import { countTypescript } from "./typescript/count-typescript.ts";
import { showUndeployed } from "./undeployed/show-undeployed.ts";
import { cancelWorkflows } from "./workflows/cancel-workflows.ts";

const config = readConfig(process.env);

defineSubscriber("slack-app", async (event) => {
  const intent = parseIntent(event);
  if (intent && event.source === "slack") await follow(intent, event);
});

function follow(intent: Intent, event: SlackEvent): Promise<void> {
  switch (intent.kind) {
    case "show-home":
      return showHome(event, intent.user);
    case "link-login":
      return linkLogin(event, intent, config);
    case "set-notifications":
      return setNotifications(event, intent, config);
    case "view-undeployed":
      return showUndeployed(event, intent, config);
    case "sync-profile":
      return syncProfile(event, intent.changed, config);
    case "sync-users":
      return syncUsers(event, intent.place, config);
    case "cancel-workflows":
      return cancelWorkflows(event, intent, config);
    case "count-typescript":
      return countTypescript(event, intent.place, config);
    case "help":
      return reply(event, intent.place, helpMessage());
  }
}
