import { randomBytes } from "node:crypto";
import type { Method } from "../arguments.ts";
import { checkView } from "../block-kit/check-view.ts";
import { SlackError } from "../errors.ts";
import { throwOnProblems } from "../message-content.ts";
import type { Triggers } from "../triggers.ts";
import type { LocalView, Workspace } from "../workspace.ts";

/** https://docs.slack.dev/reference/methods/views.open#errors */
const MAX_VIEW_BYTES = 250_000;

/** https://docs.slack.dev/reference/methods/views.open, views.update and views.publish */
export function viewMethods(workspace: Workspace, triggers: Triggers): Record<string, Method> {
  return {
    "views.open": (given) => {
      const view = parseView(given.view, "modal");
      const opened = newView(triggers.exchange(given.trigger_id), "modal", view);
      workspace.views.push(opened);
      return { view: viewJson(opened) };
    },
    "views.update": (given) => {
      const view = workspace.views.find(({ id, type }) => id === given.view_id && type === "modal");
      if (!view) throw new SlackError("not_found");
      checkHash(view, given.hash);
      Object.assign(view, { view: parseView(given.view, "modal"), hash: hash() });
      return { view: viewJson(view) };
    },
    "views.publish": (given) => {
      const user = workspace.users.find(({ id }) => id === given.user_id);
      if (!user) throw new SlackError("user_not_found");
      const view = newView(user.id, "home", parseView(given.view, "home"));
      const home = workspace.views.find(({ type, user: owner }) => type === "home" && owner === user.id);
      if (!home) workspace.views.push(view);
      else {
        checkHash(home, given.hash);
        Object.assign(home, { view: view.view, hash: view.hash });
      }
      return { view: viewJson(home ?? view) };
    },
  };
}

/** @throws {SlackError} hash_conflict, if the view has changed since the caller read it */
function checkHash(view: LocalView, given: unknown) {
  if (given !== undefined && given !== view.hash) throw new SlackError("hash_conflict");
}

function newView(user: string, type: LocalView["type"], view: Record<string, unknown>): LocalView {
  return { id: `V${randomBytes(5).toString("hex").toUpperCase()}`, hash: hash(), type, user, view };
}

function parseView(given: unknown, type: LocalView["type"]): Record<string, unknown> {
  throwOnProblems("invalid_arguments", checkView(given, type));
  if (Buffer.byteLength(JSON.stringify(given)) > MAX_VIEW_BYTES) throw new SlackError("view_too_large");
  return given as Record<string, unknown>;
}

function viewJson({ id, hash: current, type, view }: LocalView) {
  return { ...view, id, hash: current, type };
}

function hash(): string {
  return `${Math.floor(Date.now() / 1000)}.${randomBytes(4).toString("hex")}`;
}
