import type { MessageMetadata } from "./message-metadata.ts";

/** What a message looked like from one change to the next. Slack has no such record. */
export interface MessageVersion {
  /** When it was posted or changed to this, in the format of `ts`. */
  at: string;
  /** Id of the event for which it was. */
  event?: string;
  text: string;
  blocks: unknown[];
  attachments: unknown[];
}

/** The current state of a message. */
export interface LocalMessage {
  channel: string;
  channel_name: string;
  /** Slack's id of a message in its channel: seconds since 1970 with six decimals. */
  ts: string;
  thread_ts?: string;
  /** Id of the author: the bot or a person. */
  user: string;
  text: string;
  blocks: unknown[];
  attachments: unknown[];
  edited?: { user: string; ts: string };
  metadata?: MessageMetadata;
  /** Ids of the events that posted or updated the message. Slack has no such field. */
  events?: string[];
  /** Id of the last of these. Slack has no such field. */
  lastEvent?: string;
  /** Oldest first. Slack has no such field. */
  earlier?: MessageVersion[];
  /** The only user who sees the message. The history does not contain it, and it cannot be updated. */
  ephemeral_to?: string;
  /** Whether the reply is also shown in the channel. */
  reply_broadcast?: boolean;
  unfurl_links?: boolean;
  unfurl_media?: boolean;
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
  /** Whether the bot is a member. */
  joined: boolean;
  /** Nobody may post there. */
  archived?: boolean;
  private?: boolean;
}

/** https://docs.slack.dev/reference/objects/user-object */
export interface WorkspaceUser {
  id: string;
  name: string;
  real_name: string;
  is_bot: boolean;
  /** Deactivated. */
  deleted: boolean;
  /** Guest of one or several channels. */
  is_restricted: boolean;
  /** Guest of one channel. */
  is_ultra_restricted: boolean;
  is_email_confirmed: boolean;
  /** IANA name of the time zone. */
  tz: string;
  /** Seconds since 1970. */
  updated: number;
  profile: UserProfile;
}

export interface UserProfile {
  /** Absent for bots. */
  email?: string;
  real_name: string;
  display_name: string;
  image_72: string;
  /** Custom fields, by id; null if none is filled in. */
  fields: Record<string, { value: string; alt: string }> | null;
}

/** A custom field of all profiles of the workspace. */
export interface ProfileField {
  id: string;
  label: string;
  type: "text" | "link";
  hint: string;
}

/** The state of the emulator. Tests may change it while the emulator runs. */
export interface Workspace {
  team: { id: string; domain: string };
  /** The app's user. `users` contains it, too. */
  bot: { id: string; name: string };
  channels: Channel[];
  profileFields: ProfileField[];
  users: WorkspaceUser[];
  messages: LocalMessage[];
  views: LocalView[];
}
