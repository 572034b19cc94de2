import type { UserProfile, Workspace, WorkspaceUser } from "./workspace.ts";

/** A user as users.list and users.info answer with it: without the workspace's own fields, which only users.profile.get has. */
export function userJson({ team }: Workspace, user: WorkspaceUser) {
  const { fields: _, ...profile } = user.profile;
  return { ...user, team_id: team.id, profile: { ...profile, team: team.id } };
}

/** A profile with the workspace's own fields, as users.profile.get and the event user_change have it. */
export function profileJson(workspace: Workspace, { fields, ...profile }: UserProfile, withLabels = false) {
  if (!fields || !withLabels) return { ...profile, fields };
  const labelled = Object.entries(fields).map(([id, field]) => [
    id,
    { ...field, label: workspace.profileFields.find((known) => known.id === id)?.label ?? "" },
  ]);
  return { ...profile, fields: Object.fromEntries(labelled) };
}
