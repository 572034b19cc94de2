import type { Workspace } from "../../emulators/slack/workspace.ts";

/** Where something is drawn, and who looks at it. */
export interface RenderContext {
  workspace: Pick<Workspace, "users" | "channels" | "bot" | "messages">;
  /** Slack's id of the person who presses; nobody does where it is not given. */
  viewer?: string;
}
