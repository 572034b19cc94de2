import { ClockTime } from "../../../shared/console/clock-time.tsx";
import type { LocalMessage, MessageVersion } from "../../emulators/slack/workspace.ts";
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
  const { channel, channel_name, ts, user, text, blocks, attachments, edited, ephemeral_to } = message;
  const { metadata, lastEvent, earlier = [] } = message;
  const context: RenderContext = {
    workspace,
    ...(viewer !== undefined && { viewer: ephemeral_to ?? viewer }),
  };
  const name = findUserName(workspace, user);
  const eventId = lastEvent ?? metadata?.event_payload.event_id;
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
        <Content text={text} blocks={blocks} attachments={attachments} context={context} />
        <p className="under">
          {edited && <span>(edited)</span>}
          {replyHref && <a href={replyHref}>Reply</a>}
          {typeof eventId === "string" && !withChannel && <EventLink id={eventId} />}
        </p>
        {earlier.length > 0 && (
          <Earlier versions={earlier} id={`earlier-${channel}-${ts}`} workspace={workspace} />
        )}
      </div>
    </article>
  );
}

interface ContentProps extends Pick<LocalMessage, "text" | "blocks" | "attachments"> {
  context: RenderContext;
}

function Content({ text, blocks, attachments, context }: ContentProps) {
  return (
    <>
      {blocks.length === 0 && text !== "" && <Text text={{ type: "mrkdwn", text }} context={context} />}
      <Blocks blocks={blocks} context={context} />
      {attachments.map((attachment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: attachments have no id and are rendered once
        <Attachment key={index} attachment={attachment} context={context} />
      ))}
    </>
  );
}

function EventLink({ id }: { id: string }) {
  return <a href={`/deliveries/event/${encodeURIComponent(id)}`}>Event</a>;
}

interface EarlierProps extends Pick<RenderContext, "workspace"> {
  /** Oldest first. */
  versions: MessageVersion[];
  id: string;
}

/** What the message looked like before each change. Its buttons do nothing. */
function Earlier({ versions, id, workspace }: EarlierProps) {
  return (
    <details className="earlier" id={id}>
      <summary>{versions.length === 1 ? "1 earlier version" : `${versions.length} earlier versions`}</summary>
      {versions.map(({ at, event, ...content }) => (
        <div key={at} className="version">
          <p className="under">
            <ClockTime at={new Date(Number(at) * 1000).toISOString()} />
            {event !== undefined && <EventLink id={event} />}
          </p>
          <Content {...content} context={{ workspace }} />
        </div>
      ))}
    </details>
  );
}
