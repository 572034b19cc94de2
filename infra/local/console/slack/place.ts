import type { Workspace } from "../../slack/workspace.ts";

/** Where something is drawn, and who looks at it. */
export interface Place {
  workspace: Pick<Workspace, "users" | "channels" | "bot" | "messages">;
  /** Slack's id of the person who presses; nobody does where it is not given. */
  viewer?: string;
}
