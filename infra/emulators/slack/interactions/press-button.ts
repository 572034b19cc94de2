import { InteractionError } from "../errors.ts";
import { messageJson } from "../message-json.ts";
import type { LocalMessage, LocalView, Workspace } from "../workspace.ts";
import { currentTs } from "./callbacks.ts";
import { type FoundAction, listActions } from "./list-actions.ts";
import { viewJson } from "./view-json.ts";

/** Place of a button: a message in its current state, or a modal or App Home. */
type Surface = { message: LocalMessage; view?: undefined } | { view: LocalView; message?: undefined };

export type Press = Surface & {
  workspace: Pick<Workspace, "team" | "bot" | "users" | "messages">;
  /** Id of the user who presses the button. */
  user: string;
  actionId: string;
  /** From `RunningSlack.issueTrigger` for the same user. It can open one view within 3 seconds. */
  triggerId: string;
  /** The text typed into an input, or the value that selects one of several buttons with the same action_id. */
  value?: string;
  /** Seconds since 1970 with six decimals; the current time by default. */
  actionTs?: string;
};

/**
 * The payload that Slack sends when a person presses a button, or Enter in an input with `dispatch_action`.
 * https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
 *
 * @throws {InteractionError} if the message or view has no such element
 */
export function pressButton(press: Press) {
  const { workspace, user: id, triggerId } = press;
  checkVisible(press);
  const found = selectAction(press);
  const user = workspace.users.find((candidate) => candidate.id === id);
  if (!user) throw new InteractionError(`The workspace has no user ${id}`);
  const { team } = workspace;
  return {
    type: "block_actions",
    user: { id, username: user.name, name: user.name, team_id: team.id },
    api_app_id: "A0LOCAL",
    token: "verification-token",
    team,
    enterprise: null,
    is_enterprise_install: false,
    trigger_id: triggerId,
    ...(press.view ? viewPart(press, press.view, found) : messagePart(press, press.message, found)),
    actions: [actionJson(press, found)],
  };
}

/** @throws {InteractionError} if only another user sees the message or view */
function checkVisible({ message, view, user }: Press) {
  const only = view ? view.user : message.ephemeral_to;
  if (only !== undefined && only !== user)
    throw new InteractionError(`${user} does not see this: only ${only} does`);
}

function selectAction({ message, view, actionId, value }: Press): FoundAction {
  const where = view ? `The ${view.type} ${view.id}` : `The message ${message.ts} in ${message.channel_name}`;
  const all = listActions(view?.view ?? message ?? {});
  const named = all.filter(({ element }) => element.action_id === actionId);
  if (named.length === 0) {
    const ids = all.map(({ element }) => element.action_id ?? "(without action_id)");
    throw new InteractionError(`${where} has no action ${actionId}; it has: ${ids.join(", ") || "none"}`);
  }
  const input = named.find(({ element }) => element.type === "plain_text_input");
  if (input && !input.dispatched)
    throw new InteractionError(
      `${where} sends ${actionId} only when the form is submitted: it has no dispatch_action`,
    );
  const found = input ?? named.find(({ element }) => value === undefined || element.value === value);
  if (!found) {
    const values = named.map(({ element }) => element.value ?? "(none)");
    throw new InteractionError(`${where} has ${actionId} with another value: ${values.join(", ")}`);
  }
  if (!input && found.element.type !== "button")
    throw new InteractionError(`${where} has ${actionId}, which is not a button: ${found.element.type}`);
  return found;
}

function actionJson({ actionId, value, actionTs = currentTs() }: Press, { element, blockId }: FoundAction) {
  const common = { action_id: actionId, block_id: blockId, type: element.type, action_ts: actionTs };
  if (element.type === "plain_text_input") return { ...common, value: value ?? element.initial_value ?? "" };
  return { ...common, text: element.text, ...(element.value !== undefined && { value: element.value }) };
}

/** The typed text, for the view's state. */
function typedValue({ actionId, value }: Press, { element, blockId }: FoundAction) {
  return element.type === "plain_text_input" ? { blockId, actionId, value: value ?? null } : undefined;
}

function viewPart(press: Press, view: LocalView, found: FoundAction) {
  return {
    container: { type: "view", view_id: view.id },
    view: viewJson(press.workspace, view, typedValue(press, found)),
  };
}

/** For an ephemeral message, Slack does not send the message itself. */
function messagePart({ workspace }: Press, message: LocalMessage, { attachmentId }: FoundAction) {
  const { channel, channel_name: name, ts, thread_ts, ephemeral_to } = message;
  return {
    container: {
      type: attachmentId === undefined ? "message" : "message_attachment",
      message_ts: ts,
      ...(attachmentId !== undefined && { attachment_id: attachmentId, is_app_unfurl: false }),
      channel_id: channel,
      ...(thread_ts && { thread_ts }),
      is_ephemeral: ephemeral_to !== undefined,
    },
    channel: { id: channel, name: channel.startsWith("D") ? "directmessage" : name },
    ...(ephemeral_to === undefined && { message: messageJson(workspace, message, true) }),
    state: { values: {} },
    response_url: `https://hooks.slack.com/actions/${workspace.team.id}/${ts.replace(".", "")}/local`,
  };
}
