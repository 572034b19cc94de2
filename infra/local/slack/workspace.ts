/** A message as Slack shows it now. */
export interface LocalMessage {
  channel: string;
  channel_name: string;
  /** Slack's id of a message in its channel: seconds since 1970 with six decimals. */
  ts: string;
  thread_ts?: string;
  user: string;
  text: string;
  blocks: unknown[];
  attachments: unknown[];
  edited?: { user: string; ts: string };
  metadata?: unknown;
}

export interface LocalView {
  id: string;
  hash: string;
  type: "modal" | "home";
  user: string;
  view: Record<string, unknown>;
}

export interface Channel {
  id: string;
  name: string;
  /** Whether the bot may post there. */
  joined: boolean;
}

export interface WorkspaceUser {
  id: string;
  name: string;
  real_name: string;
  email: string;
}

/** Everything that the local Slack keeps. */
export interface Workspace {
  team: { id: string; domain: string };
  bot: { id: string; name: string };
  channels: Channel[];
  users: WorkspaceUser[];
  messages: LocalMessage[];
  views: LocalView[];
}

/** An invented workspace, with the people of the local GitHub. */
export function defaultWorkspace(): Workspace {
  const person = (id: string, first: string, last: string) => ({
    id,
    name: first.toLowerCase(),
    real_name: `${first} ${last}`,
    email: `${first}.${last}@sentry.io`.toLowerCase(),
  });
  return {
    team: { id: "T0LOCAL", domain: "sentry" },
    bot: { id: "U0BOT", name: "ci-tooling" },
    channels: [
      { id: "C0ENG", name: "team-engineering", joined: true },
      { id: "C0GENERAL", name: "general", joined: false },
    ],
    users: [
      person("U0MIRA", "Mira", "Okafor"),
      person("U0JONAS", "Jonas", "Lindqvist"),
      person("U0LENA", "Lena", "Fischer"),
      person("U0TOMAS", "Tomas", "Novak"),
      person("U0INES", "Ines", "Duarte"),
    ],
    messages: [],
    views: [],
  };
}
