import type { z } from "zod";
import type { attachment } from "../../emulators/slack/block-kit/check-attachments.ts";
import { Blocks } from "./block.tsx";
import type { RenderContext } from "./render-context.ts";
import { Link, Text } from "./text.tsx";

/** Slack's named colours. https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments */
const namedColors: Record<string, string> = { good: "#2eb886", warning: "#daa038", danger: "#a30200" };

interface AttachmentProps {
  /** Validated by the Slack emulator. */
  attachment: unknown;
  context: RenderContext;
}

/** An attachment beside its colour bar. */
export function Attachment({ attachment: checked, context }: AttachmentProps) {
  const given = checked as z.infer<typeof attachment>;
  const { color, pretext, author_name, title, title_link, text, fields = [], footer, blocks = [] } = given;
  const bar = color && (namedColors[color] ?? (color.startsWith("#") ? color : `#${color}`));
  return (
    <>
      {pretext && <Text text={toMrkdwn(pretext)} context={context} />}
      <div className="attachment" style={bar ? { borderColor: bar } : undefined}>
        {author_name && <p className="note">{author_name}</p>}
        {title && <p>{title_link ? <Link href={title_link}>{title}</Link> : <strong>{title}</strong>}</p>}
        {text && <Text text={toMrkdwn(text)} context={context} />}
        {fields.length > 0 && (
          <div className="fields">
            {fields.map(({ title: name, value }) => (
              <div key={name}>
                <strong>{name}</strong>
                <Text text={toMrkdwn(value ?? "")} context={context} />
              </div>
            ))}
          </div>
        )}
        <Blocks blocks={blocks} context={context} />
        {footer && <p className="note">{footer}</p>}
      </div>
    </>
  );
}

function toMrkdwn(text: string) {
  return { type: "mrkdwn", text };
}
