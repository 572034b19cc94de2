import type { LocalView, Workspace } from "../workspace.ts";
import { listActions } from "./list-actions.ts";

interface Typed {
  blockId: string;
  actionId: string;
  value: string | null;
}

/** A view in an interaction payload, with the state of its inputs: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export function viewJson(
  { team }: Pick<Workspace, "team">,
  { id, hash, type, view }: LocalView,
  typed?: Typed,
) {
  return {
    id,
    team_id: team.id,
    callback_id: "",
    private_metadata: "",
    external_id: "",
    title: { type: "plain_text", text: "View Title" },
    submit: null,
    close: null,
    ...view,
    type,
    state: { values: inputState(view, typed) },
    hash,
    clear_on_close: false,
    notify_on_close: false,
    previous_view_id: null,
    root_view_id: id,
    app_id: "A0LOCAL",
    app_installed_team_id: team.id,
    bot_id: "B0LOCAL",
  };
}

/** The values of the inputs, by block_id and action_id. */
function inputState(view: Record<string, unknown>, typed: Typed | undefined) {
  const values: Record<string, Record<string, { type: string; value: string | null }>> = {};
  for (const { element, blockId } of listActions(view)) {
    if (element.type !== "plain_text_input") continue;
    const actionId = element.action_id ?? "";
    const isTyped = typed?.blockId === blockId && typed.actionId === actionId;
    const value = isTyped ? typed.value : (element.initial_value ?? null);
    values[blockId] = { ...values[blockId], [actionId]: { type: element.type, value } };
  }
  return values;
}
