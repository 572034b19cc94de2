import type { MessageMetadata } from "./message-metadata.ts";

/** A message as Slack shows it now. */
export interface LocalMessage {
  channel: string;
  channel_name: string;
  /** Slack's id of a message in its channel: seconds since 1970 with six decimals. */
  ts: string;
  thread_ts?: string;
  /** Who wrote it: the bot, or a person. */
  user: string;
  text: string;
  blocks: unknown[];
  attachments: unknown[];
  edited?: { user: string; ts: string };
  metadata?: MessageMetadata;
  /** Ids of the events for which it was posted or changed; Slack itself does not know them. */
  events?: string[];
  /** The only user who sees it; it is in no history, and cannot be updated. */
  ephemeral_to?: string;
  /** A reply that is shown in the channel as well. */
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
  /** Whether the bot may post there. */
  joined: boolean;
  /** Nobody may post there any more. */
  archived?: boolean;
  private?: boolean;
}

/** A user as https://docs.slack.dev/reference/objects/user-object describes it. */
export interface WorkspaceUser {
  id: string;
  name: string;
  real_name: string;
  is_bot: boolean;
  /** Deactivated. */
  deleted: boolean;
  /** A guest, of several channels or of one. */
  is_restricted: boolean;
  /** A guest of one channel. */
  is_ultra_restricted: boolean;
  is_email_confirmed: boolean;
  /** IANA name of the time zone. */
  tz: string;
  /** Seconds since 1970. */
  updated: number;
  profile: UserProfile;
}

export interface UserProfile {
  /** Bots have none. */
  email?: string;
  real_name: string;
  display_name: string;
  image_72: string;
  /** The workspace's own fields, by id; null while none is filled in. */
  fields: Record<string, { value: string; alt: string }> | null;
}

/** A field that the workspace adds to every profile. */
export interface ProfileField {
  id: string;
  label: string;
  type: "text" | "link";
  hint: string;
}

/** Everything that the local Slack keeps. Values: a test may change them while it runs. */
export interface Workspace {
  team: { id: string; domain: string };
  /** The app's own user; it is among `users` as well. */
  bot: { id: string; name: string };
  channels: Channel[];
  profileFields: ProfileField[];
  users: WorkspaceUser[];
  messages: LocalMessage[];
  views: LocalView[];
}
