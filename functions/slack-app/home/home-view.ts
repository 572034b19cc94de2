import type { HomeView, KnownBlock } from "@slack/web-api";
import { section } from "../../../shared/slack/blocks.ts";
import { muteButton } from "../../../shared/slack/deploy-ready-message/buttons.ts";
import { link, mention } from "../../../shared/slack/mrkdwn.ts";

/** action_id of the input for the GitHub login. */
export const LINK_GITHUB = "link-github";

export interface Home {
  /** Slack id. */
  user: string;
  /** The linked GitHub login. */
  login: string | null;
  muted: boolean;
  /** Result of the user's last action in App Home, in mrkdwn. */
  notice: string | null;
  /** The commands with their help, one line each, in mrkdwn. */
  commandList: string;
}

/** App Home of one user. Pure. */
export function homeView(home: Home): HomeView {
  return {
    type: "home",
    blocks: [
      section(
        `Hello ${mention(home.user)}! I tell you when a commit of yours can be deployed, and I do a few things when you ask me to.`,
      ),
      ...(home.notice === null ? [] : [section(home.notice)]),
      ...(home.login === null ? [loginInput()] : linkedLogin(home.login, home.muted)),
      { type: "divider" },
      section(`*What you can ask me*\n${home.commandList}`),
    ],
  };
}

function linkedLogin(login: string, muted: boolean): KnownBlock[] {
  const state = muted
    ? "*Deploy notifications are off.*\nYou are not told when a commit of yours is ready to deploy."
    : "*Deploy notifications are on.*\nYou get a direct message when a commit of yours is ready to deploy.";
  return [
    section(`Your GitHub login is *${link(`https://github.com/${login}`, login)}*.`),
    section(state),
    { type: "actions", block_id: "deploy-notifications", elements: [muteButton(muted)] },
  ];
}

function loginInput(): KnownBlock {
  return {
    type: "input",
    block_id: LINK_GITHUB,
    dispatch_action: true,
    label: { type: "plain_text", text: "Your GitHub login" },
    hint: { type: "plain_text", text: "Press Enter to link it: then I know which commits are yours." },
    element: {
      type: "plain_text_input",
      action_id: LINK_GITHUB,
      placeholder: { type: "plain_text", text: "octocat or github.com/octocat" },
      dispatch_action_config: { trigger_actions_on: ["on_enter_pressed"] },
    },
  };
}
