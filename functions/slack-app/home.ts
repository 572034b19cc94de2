import type { HomeView, KnownBlock } from "@slack/web-api";
import type { Config } from "../../shared/config.ts";
import type { Transaction } from "../../shared/database/database.ts";
import { processOnce } from "../../shared/database/process-once.ts";
import {
  findUserByLogin,
  findUserBySlackId,
  linkGitHub,
  saveMember,
  wantsDeployNotifications,
} from "../../shared/database/users.ts";
import type { SlackEvent } from "../../shared/events/event.ts";
import { log } from "../../shared/observability/log.ts";
import { callSlack, isUnknownUser } from "../../shared/slack/call-slack.ts";
import { muteButton } from "../../shared/slack/deploy-ready-buttons.ts";
import type { SlackMember } from "../../shared/slack/members.ts";
import { clippedText, link, mention, section } from "../../shared/slack/mrkdwn.ts";
import type { AppContext } from "./define-command.ts";
import { fetchMember, fetchProfileLogin, membersOnly, parseGitHubLogin } from "./member.ts";
import { isLoginProven } from "./prove-login.ts";
import { processingKey } from "./reply.ts";

/** Publishes App Home when a user opens it. */
export async function showHome(event: SlackEvent, user: string, app: AppContext) {
  await processOnce(processingKey(event, user), ({ tx }) => publishHome(tx, user, app));
}

/**
 * Publishes App Home in its current state. Call it while holding the user's lock: of two concurrent events, the later one then reads what
 * the earlier one changed.
 * https://docs.slack.dev/reference/methods/views.publish
 *
 * @param notice result of the user's last action, in mrkdwn
 */
export async function publishHome(
  tx: Transaction,
  slackUser: string,
  { commandList }: Pick<AppContext, "commandList">,
  notice: string | null = null,
) {
  const user = await findUserBySlackId(tx, slackUser);
  const view = homeView({
    user: slackUser,
    login: user?.githubUser ?? null,
    muted: user !== undefined && !wantsDeployNotifications(user),
    notice,
    commandList,
  });
  try {
    await callSlack((slack) => slack.views.publish({ user_id: slackUser, view }));
  } catch (error) {
    if (!isUnknownUser(error)) throw error;
    log("INFO", "App Home is not published for a user whom Slack does not know", { user: slackUser });
  }
}

/** action_id of the input for the GitHub login. */
export const LINK_GITHUB = "link-github";

interface Home {
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
function homeView(home: Home): HomeView {
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

const MAX_TYPED = 100;

export interface Linking {
  user: string;
  /** The login as the user typed it into App Home. */
  typed: string;
}

/** @property inProfile whether the Slack profile names this login */
type LinkOutcome =
  | { outcome: "no-member" | "no-login" }
  | { outcome: "unproven" | "linked" | "taken"; login: string; inProfile: boolean };

/** A member and the login that they claim. */
interface Claim {
  member: SlackMember;
  login: string;
  inProfile: boolean;
  /** Whether the login is known to be theirs. */
  isProven: boolean;
}

/** Links a user to a GitHub login, and shows the result in App Home. */
export async function linkLogin(event: SlackEvent, linking: Linking, app: AppContext) {
  // Before the lock, because GitHub is asked.
  const claim = await readClaim(linking, app.config);
  await processOnce(processingKey(event, linking.user), async ({ tx }) => {
    const outcome = "outcome" in claim ? claim : await linkMember(tx, claim);
    await publishHome(tx, linking.user, app, linkNotice(outcome, linking.typed, app.config));
  });
}

async function readClaim(
  { user, typed }: Linking,
  config: Config,
): Promise<Claim | { outcome: "no-member" | "no-login" }> {
  const member = await fetchMember(user, config.emailDomain);
  if (!member) return { outcome: "no-member" };
  // Only the user can change the profile field, but anybody can type a login: the field takes precedence, and is proof.
  const profileLogin = await fetchProfileLogin(user, config.slack.githubField);
  const login = profileLogin ?? parseGitHubLogin(typed);
  if (login === null) return { outcome: "no-login" };
  const inProfile = profileLogin !== null;
  return {
    member,
    login,
    inProfile,
    isProven: inProfile || (await isLoginProven({ ...member, login }, config)),
  };
}

async function linkMember(
  tx: Transaction,
  { member, login, inProfile, isProven }: Claim,
): Promise<LinkOutcome> {
  const { id } = await saveMember(tx, member);
  const holder = isProven ? await linkGitHub(tx, id, login) : await findUserByLogin(tx, login);
  if (holder && holder.id !== id) return { outcome: "taken", login, inProfile };
  return { outcome: isProven || holder ? "linked" : "unproven", login, inProfile };
}

function linkNotice(result: LinkOutcome, typed: string, { emailDomain }: Config): string {
  switch (result.outcome) {
    case "no-member":
      return `:warning: ${membersOnly(emailDomain)}`;
    case "no-login":
      return `:warning: “${clippedText(typed.trim(), MAX_TYPED)}” is no GitHub login: those have letters, digits and single hyphens between them, at most 39 in all.`;
    case "unproven":
      return `:warning: I could not see that the GitHub login *${result.login}* is yours, so it was not linked. Enter it in the GitHub field of your Slack profile, or show the address you have in Slack as public e-mail on GitHub; then link it again.`;
    case "taken":
      return `:warning: The GitHub login *${result.login}* is linked to somebody else already, so it was not linked to you. If it is yours, ask them to link their own.`;
    case "linked":
      return `:white_check_mark: You are linked to *${result.login}*${profileRemark(result, typed)}.`;
  }
}

/** Says why another login than the typed one was linked. */
function profileRemark({ login, inProfile }: { login: string; inProfile: boolean }, typed: string): string {
  const isTyped = parseGitHubLogin(typed)?.toLowerCase() === login.toLowerCase();
  return inProfile && !isTyped ? ", which your Slack profile names" : "";
}
