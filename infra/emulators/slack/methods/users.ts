import { isTrue, type Method, readText } from "../arguments.ts";
import { SlackError } from "../errors.ts";
import { paginate } from "../paginate.ts";
import { profileJson, userJson } from "../user-json.ts";
import type { Workspace, WorkspaceUser } from "../workspace.ts";

/** Without a limit, Slack tries to return all users. */
const MAX_USERS = 1000;

/** https://docs.slack.dev/reference/methods/users.list, users.info, users.lookupByEmail, users.profile.get and team.profile.get */
export function userMethods(workspace: Workspace): Record<string, Method> {
  return {
    "users.list": (given) => {
      const { items, nextCursor } = paginate(workspace.users, given, MAX_USERS, MAX_USERS);
      return {
        members: items.map((user) => userJson(workspace, user)),
        cache_ts: Math.floor(Date.now() / 1000),
        response_metadata: { next_cursor: nextCursor },
      };
    },
    "users.info": (given) => ({ user: userJson(workspace, userWithId(workspace, given.user)) }),
    "users.lookupByEmail": (given) => {
      const email = readText(given.email)?.toLowerCase();
      const user = workspace.users.find(
        ({ deleted, profile }) => !deleted && profile.email?.toLowerCase() === email,
      );
      if (!user || !email) throw new SlackError("users_not_found");
      return { user: userJson(workspace, user) };
    },
    "users.profile.get": (given) => {
      const { profile } = userWithId(workspace, given.user ?? workspace.bot.id);
      return { profile: profileJson(workspace, profile, isTrue(given.include_labels)) };
    },
    "team.profile.get": () => ({
      profile: {
        fields: workspace.profileFields.map((field, ordering) => ({
          ...field,
          ordering,
          field_name: "",
          possible_values: null,
          options: {},
          is_hidden: false,
          section_id: "123ABC",
        })),
        sections: [],
      },
    }),
  };
}

function userWithId({ users }: Workspace, id: unknown): WorkspaceUser {
  const user = users.find((candidate) => candidate.id === id);
  if (!user) throw new SlackError("user_not_found");
  return user;
}
