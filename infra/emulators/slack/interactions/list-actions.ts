/** An interactive element of a message or view. */
export interface FoundAction {
  element: Element;
  /** If the block has no id, the id is derived from its position. Slack invents one. */
  blockId: string;
  /** Number of the attachment, from 1; absent for blocks outside of attachments. */
  attachmentId?: number;
  /** `dispatch_action` of the input block: Enter sends the value. */
  dispatched: boolean;
}

export interface Element {
  type: string;
  action_id?: string;
  value?: string;
  initial_value?: string;
  text?: unknown;
}

interface Block {
  type?: string;
  block_id?: string;
  accessory?: Element;
  element?: Element;
  elements?: Element[];
  dispatch_action?: boolean;
}

/** The interactive elements of a message or view, in their order. */
export function listActions({
  blocks = [],
  attachments = [],
}: {
  blocks?: unknown[];
  attachments?: unknown[];
}): FoundAction[] {
  const inAttachments = attachments.flatMap((attachment, index) => {
    const inner = (attachment as { blocks?: unknown[] }).blocks ?? [];
    return actionsIn(inner, `a${index}-b`).map((action) => ({ ...action, attachmentId: index + 1 }));
  });
  return [...actionsIn(blocks, "b"), ...inAttachments];
}

function actionsIn(blocks: unknown[], prefix: string): FoundAction[] {
  return (blocks as Block[]).flatMap((block, index) => {
    const blockId = block.block_id ?? `${prefix}${index}`;
    const elements = [
      block.accessory,
      block.element,
      ...(block.type === "actions" ? (block.elements ?? []) : []),
    ];
    return elements.flatMap((element) =>
      element && element.type !== "image"
        ? [{ element, blockId, dispatched: block.dispatch_action === true }]
        : [],
    );
  });
}
