import { LINK_GITHUB } from "../../functions/slack-app/home.ts";
import { actionIds } from "../../shared/slack/deploy-ready-buttons.ts";
import type { Scene } from "./delivery.ts";
import type { DemoSlack } from "./slack.ts";

const mira = { id: "U0MIRA", name: "mira" };
const jonas = { id: "U0JONAS", name: "jonas" };
const lena = { id: "U0LENA", name: "lena" };
const tomas = { id: "U0TOMAS", name: "tomas" };

/** Slack users are linked to GitHub logins: through profile fields, or through App Home. */
export function accountLinking(slack: DemoSlack): Scene[] {
  return [
    [slack.mentions(mira, "sync slack users")],
    [mira, jonas, lena, tomas].map((person) => slack.opensHome(person)),
    [slack.usesHome(lena, LINK_GITHUB, "https://github.com/lena-fischer")],
    // Rejected: the login is linked to Mira.
    [slack.usesHome(tomas, LINK_GITHUB, "mira-okafor")],
    [slack.usesHome(tomas, LINK_GITHUB, "@tomas-novak")],
  ];
}

/** People turn deploy notifications off and on, with buttons and with messages. */
export function notifications(slack: DemoSlack): Scene[] {
  return [
    [slack.presses(mira, actionIds.viewUndeployed)],
    [slack.presses(jonas, actionIds.mute)],
    [slack.presses(jonas, actionIds.unmute)],
    [slack.says(lena, "deploy notifications off")],
    [slack.usesHome(lena, actionIds.unmute)],
  ];
}

/** Commands, and messages that are not commands. */
export function questions(slack: DemoSlack): Scene[] {
  return [
    [slack.says(tomas, "help")],
    [slack.says(jonas, "is it Friday yet?")],
    [slack.mentions(lena, "typescript")],
    [slack.mentions(mira, "gha cancel https://github.com/getsentry/sentry/pull/22500")],
    [slack.mentions(jonas, "good morning")],
  ];
}
