import type { Workspace, WorkspaceUser } from "../../emulators/slack/workspace.ts";

/** Id of the profile field for the GitHub login. */
export const githubField = "XfEJ1CLM1C";

/** The default workspace: the people of the GitHub emulator, and one user of each kind that is not a member of the organization. */
export function defaultWorkspace(): Workspace {
  return {
    team: { id: "T0LOCAL", domain: "sentry" },
    bot: { id: "U0BOT", name: "ci-tooling" },
    channels: [
      { id: "C0ENG", name: "team-engineering", joined: true },
      { id: "C0GENERAL", name: "general", joined: false },
    ],
    profileFields: [
      { id: githubField, label: "GitHub Profile", type: "link", hint: "https://github.com/…" },
      { id: "XfTEAM", label: "Team", type: "text", hint: "" },
    ],
    users: [...members(), ...others()],
    messages: [],
    views: [],
  };
}

/** Confirmed members with an address in the organization's domain. Two profiles name the GitHub login, one as a URL. */
function members(): WorkspaceUser[] {
  return [
    workspaceUser("U0MIRA", "Mira Okafor", { fields: github("mira-okafor") }),
    workspaceUser("U0JONAS", "Jonas Lindqvist", { fields: github("https://github.com/jonas-lindqvist") }),
    workspaceUser("U0LENA", "Lena Fischer"),
    workspaceUser("U0TOMAS", "Tomas Novak"),
    workspaceUser("U0INES", "Ines Duarte"),
  ];
}

function others(): WorkspaceUser[] {
  const slackbot = workspaceUser("USLACKBOT", "Slackbot", { is_email_confirmed: false });
  const bot = workspaceUser("U0BOT", "ci-tooling", { is_bot: true, is_email_confirmed: false });
  for (const { profile } of [slackbot, bot]) delete profile.email;
  return [
    // Slack reports `is_bot: false` for Slackbot.
    slackbot,
    bot,
    workspaceUser("U0GONE", "Rasmus Holm", { deleted: true }),
    workspaceUser("U0GUEST", "Petra Blum", { is_restricted: true, is_ultra_restricted: true }),
    workspaceUser("U0OUTSIDE", "Noor Haddad", { email: "noor.haddad@agency.example" }),
    workspaceUser("U0NEW", "Emil Sand", { is_email_confirmed: false }),
  ];
}

type UserOptions = Partial<Omit<WorkspaceUser, "profile">> & Partial<WorkspaceUser["profile"]>;

/**
 * Builds a user of the workspace; by default a confirmed member with an address at sentry.io.
 *
 * @param id Slack user id, e.g. U0MIRA
 * @param options fields of the user or of the profile
 */
export function workspaceUser(id: string, realName: string, options: UserOptions = {}): WorkspaceUser {
  const [first = ""] = realName.toLowerCase().split(" ");
  const { email, display_name, image_72, fields = null, ...user } = options;
  return {
    id,
    name: first,
    real_name: realName,
    is_bot: false,
    deleted: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_email_confirmed: true,
    tz: "America/Los_Angeles",
    updated: Date.parse("2026-10-01T00:00:00Z") / 1000,
    ...user,
    profile: {
      email: email ?? `${realName.toLowerCase().replace(" ", ".")}@sentry.io`,
      real_name: realName,
      display_name: display_name ?? first,
      image_72: image_72 ?? `https://avatars.slack-edge.com/${id}_72.png`,
      fields,
    },
  };
}

function github(value: string) {
  return { [githubField]: { value, alt: "" } };
}
