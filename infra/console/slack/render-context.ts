import type { Workspace } from "../../emulators/slack/workspace.ts";

/** Workspace and viewer of rendered blocks. */
export interface RenderContext {
  workspace: Pick<Workspace, "users" | "channels" | "bot" | "messages">;
  /** User id of the viewer. Without one, buttons are disabled. */
  viewer?: string;
}
