import type { ComponentProps } from "react";
import { Action } from "./action.tsx";
import { Avatar } from "./avatar.tsx";
import type { BlockKitBlock } from "./block-types.ts";
import { Input } from "./input.tsx";
import { protectPlain } from "./literal.ts";
import type { RenderContext } from "./render-context.ts";
import { LibraryBlocks, Text } from "./text.tsx";

type LibraryProps = ComponentProps<typeof LibraryBlocks>;

interface BlocksProps {
  /** Validated by the Slack emulator. */
  blocks: unknown[];
  context: RenderContext;
}

/** Block Kit: slack-blocks-to-jsx renders text, the console renders interactive elements and images. */
export function Blocks({ blocks, context }: BlocksProps) {
  return (blocks as BlockKitBlock[]).map((each, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no id and are rendered once
    <div key={index} className={`block ${each.type}`}>
      <Block block={each} context={context} />
    </div>
  ));
}

function Block({ block: each, context }: { block: BlockKitBlock; context: RenderContext }) {
  switch (each.type) {
    case "section":
      return <Section section={each} context={context} />;
    case "actions":
      return each.elements.map((element, index) => (
        <Action key={element.action_id ?? index} element={element} context={context} />
      ));
    case "context":
      return each.elements.map((element, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <ContextElement key={index} element={element} context={context} />
      ));
    case "image":
      return <Picture alt={each.alt_text} url={each.image_url} />;
    case "input":
      return <Input block={each} context={context} />;
    case "divider":
      return <hr />;
    case "header":
      return <LibraryBlocks blocks={[plainHeader(each)] as LibraryProps["blocks"]} context={context} />;
    default:
      return <LibraryBlocks blocks={[each] as LibraryProps["blocks"]} context={context} />;
  }
}

function plainHeader(header: Extract<BlockKitBlock, { type: "header" }>) {
  return { ...header, text: { ...header.text, text: protectPlain(header.text.text) } };
}

type SectionBlock = Extract<BlockKitBlock, { type: "section" }>;

function Section({
  section: { text, fields, accessory },
  context,
}: {
  section: SectionBlock;
  context: RenderContext;
}) {
  return (
    <>
      <div className="texts">
        {text && <Text text={text} context={context} />}
        {fields && (
          <div className="fields">
            {fields.map((field, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: fields have no id
              <Text key={index} text={field} context={context} />
            ))}
          </div>
        )}
      </div>
      {accessory?.type === "image" && <Picture alt={accessory.alt_text} url={accessory.image_url} />}
      {accessory && accessory.type !== "image" && <Action element={accessory} context={context} />}
    </>
  );
}

type ContextBlockElement = Extract<BlockKitBlock, { type: "context" }>["elements"][number];

function ContextElement({ element, context }: { element: ContextBlockElement; context: RenderContext }) {
  if (element.type !== "image") return <Text text={element} context={context} />;
  return (
    <span className="picture" title={element.image_url}>
      <Avatar name={element.alt_text} small />
      <span className="unseen">{element.alt_text}</span>
    </span>
  );
}

/** A link with the alt text: the console loads no images from other hosts. */
function Picture({ alt, url }: { alt: string; url: string }) {
  return (
    <a className="image-link" href={url} target="_blank" rel="noreferrer noopener">
      <span aria-hidden="true">🖼</span> {alt}
    </a>
  );
}
