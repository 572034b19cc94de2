import type { ComponentProps, ReactNode } from "react";
import { Message } from "slack-blocks-to-jsx";
import { protectMrkdwn, protectPlain } from "./literal.ts";
import { findUserName } from "./people.ts";
import type { RenderContext } from "./render-context.ts";

type Blocks = ComponentProps<typeof Message>["blocks"];
type TextObject = { type: string; text: string };

/** mrkdwn or plain text. */
export function Text({ text, context }: { text: TextObject; context: RenderContext }) {
  const safe = text.type === "plain_text" ? protectPlain(text.text) : protectMrkdwn(text.text);
  const section = { type: "section", text: { type: text.type, text: safe } };
  return <LibraryBlocks blocks={[section] as Blocks} context={context} />;
}

/** Blocks that slack-blocks-to-jsx renders, without its colours and without interaction. */
export function LibraryBlocks({
  blocks,
  context: { workspace },
}: {
  blocks: Blocks;
  context: RenderContext;
}) {
  return (
    <Message
      blocks={blocks}
      name=""
      logo=""
      unstyled
      withoutWrapper
      hooks={{
        user: ({ id }) => <span className="mention">@{findUserName(workspace, id)}</span>,
        channel: ({ id }) => (
          <span className="mention">
            #{workspace.channels.find((channel) => channel.id === id)?.name ?? id}
          </span>
        ),
        atChannel: () => <span className="mention broadcast">@channel</span>,
        atHere: () => <span className="mention broadcast">@here</span>,
        atEveryone: () => <span className="mention broadcast">@everyone</span>,
        link: ({ href, children }) => <Link href={href}>{children}</Link>,
      }}
    />
  );
}

/** Anyone may have written the address: only http, https and mailto become a link. */
export function Link({ href, children }: { href: string; children: ReactNode }) {
  if (!/^(https?|mailto):/i.test(href)) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}
