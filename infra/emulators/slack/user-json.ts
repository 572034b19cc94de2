import type { UserProfile, Workspace, WorkspaceUser } from "./workspace.ts";

/** A user in the responses of users.list and users.info. Custom profile fields are left out: only users.profile.get returns them. */
export function userJson({ team }: Workspace, user: WorkspaceUser) {
  const { fields: _, ...profile } = user.profile;
  return { ...user, team_id: team.id, profile: { ...profile, team: team.id } };
}

/** A profile with its custom fields, as in users.profile.get and the event user_change. */
export function profileJson(workspace: Workspace, { fields, ...profile }: UserProfile, withLabels = false) {
  if (!fields || !withLabels) return { ...profile, fields };
  const labelled = Object.entries(fields).map(([id, field]) => [
    id,
    { ...field, label: workspace.profileFields.find((field) => field.id === id)?.label ?? "" },
  ]);
  return { ...profile, fields: Object.fromEntries(labelled) };
}
