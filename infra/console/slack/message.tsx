import type { LocalMessage } from "../../emulators/slack/workspace.ts";
import { ClockTime } from "../clock-time.tsx";
import { Attachment } from "./attachment.tsx";
import { Avatar } from "./avatar.tsx";
import { Blocks } from "./block.tsx";
import { buildConversationUrl } from "./conversation-url.ts";
import { findUserName } from "./people.ts";
import type { RenderContext } from "./render-context.ts";
import { Text } from "./text.tsx";

interface MessageProps extends RenderContext {
  message: LocalMessage;
  /** Whether to name the channel. */
  withChannel?: boolean;
  /** URL of the reply form. */
  replyHref?: string;
}

/** A message in its current state. */
export function Message({ message, workspace, viewer, withChannel = false, replyHref }: MessageProps) {
  const { channel, channel_name, ts, user, text, blocks, attachments, edited, ephemeral_to, metadata } =
    message;
  const context: RenderContext = {
    workspace,
    ...(viewer !== undefined && { viewer: ephemeral_to ?? viewer }),
  };
  const name = findUserName(workspace, user);
  const eventId = metadata?.event_payload.event_id;
  return (
    <article
      className={ephemeral_to === undefined ? "message" : "message ephemeral"}
      id={`m${ts}`}
      data-channel={channel}
      data-ts={ts}
      data-user={context.viewer}
      aria-label={`Message by ${name}`}
    >
      <Avatar name={name} />
      <div className="said">
        <p className="by">
          <strong>{name}</strong>
          {user === workspace.bot.id && <span className="badge quiet">app</span>}
          <ClockTime at={new Date(Number(ts) * 1000).toISOString()} />
          {withChannel && (
            <a href={`${buildConversationUrl(channel, workspace)}#m${ts}`}>
              {channel.startsWith("D") ? `to ${channel_name}` : `#${channel_name}`}
            </a>
          )}
          {ephemeral_to !== undefined && (
            <span className="note">only {findUserName(workspace, ephemeral_to)} sees this</span>
          )}
        </p>
        {blocks.length === 0 && text !== "" && <Text text={{ type: "mrkdwn", text }} context={context} />}
        <Blocks blocks={blocks} context={context} />
        {attachments.map((attachment, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: attachments have no id and are rendered once
          <Attachment key={index} attachment={attachment} context={context} />
        ))}
        <p className="under">
          {edited && <span>(edited)</span>}
          {replyHref && <a href={replyHref}>Reply</a>}
          {typeof eventId === "string" && !withChannel && (
            <a href={`/?${new URLSearchParams({ text: eventId })}`}>Event</a>
          )}
        </p>
      </div>
    </article>
  );
}
