import type { Workspace, WorkspaceUser } from "../../emulators/slack/workspace.ts";

/** Those who can be written to and who can press buttons: everybody but bots and who has left. */
export function listActivePeople({ users }: Pick<Workspace, "users">): WorkspaceUser[] {
  return users.filter(({ deleted, is_bot, id }) => !deleted && !is_bot && id !== "USLACKBOT");
}

/** How Slack names a user. */
export function findUserName({ users }: Pick<Workspace, "users">, id: string): string {
  return users.find((user) => user.id === id)?.real_name ?? id;
}
