import type { Workspace, WorkspaceUser } from "../../emulators/slack/workspace.ts";

/** Users who can write and press buttons: all but bots and deactivated users. */
export function listActivePeople({ users }: Pick<Workspace, "users">): WorkspaceUser[] {
  return users.filter(({ deleted, is_bot, id }) => !deleted && !is_bot && id !== "USLACKBOT");
}

/** @returns the user's name, or the id of an unknown user */
export function findUserName({ users }: Pick<Workspace, "users">, id: string): string {
  return users.find((user) => user.id === id)?.real_name ?? id;
}
