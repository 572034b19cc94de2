import type { HomeView, KnownBlock } from "@slack/web-api";
import { muteButton } from "../../../shared/slack/deploy-ready-message/buttons.ts";
import { link, mention } from "../../../shared/slack/mrkdwn.ts";
import { commands } from "../commands.ts";

/** What the input for the GitHub login is called in block_actions. */
export const LINK_GITHUB = "link-github";

export interface Home {
  /** Slack's id. */
  user: string;
  /** The linked GitHub login; null while there is none. */
  login: string | null;
  muted: boolean;
  /** What came of what was just done here, in mrkdwn. */
  notice: string | null;
}

/** App Home of one person. Pure: a function of what is known of them. */
export function homeView(home: Home): HomeView {
  return {
    type: "home",
    blocks: [
      section(
        `Hello ${mention(home.user)}! I say when a commit of yours can be deployed, and do a few things when I am asked to.`,
      ),
      ...(home.notice === null ? [] : [section(home.notice)]),
      ...(home.login === null ? [loginInput()] : linked(home.login, home.muted)),
      { type: "divider" },
      section(`*What you can ask me*\n${commands()}`),
    ],
  };
}

function linked(login: string, muted: boolean): KnownBlock[] {
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

function section(text: string): KnownBlock {
  // verbatim: Slack makes links and mentions out of plain text otherwise.
  return { type: "section", text: { type: "mrkdwn", text, verbatim: true } };
}
