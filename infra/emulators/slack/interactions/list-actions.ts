/** An element that a person can act on, as it stands on a message or view. */
export interface FoundAction {
  element: Element;
  /** Slack gives a block without an id one of its own; here it is made of the block's place. */
  blockId: string;
  /** From 1, for blocks that stand in an attachment. */
  attachmentId?: number;
  /** Whether the input around it sends what is typed at once: `dispatch_action`. */
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

/** Everything that a person can act on, in the order in which it stands there. */
export function listActions({
  blocks = [],
  attachments = [],
}: {
  blocks?: unknown[];
  attachments?: unknown[];
}): FoundAction[] {
  const inAttachments = attachments.flatMap((attachment, index) => {
    const own = (attachment as { blocks?: unknown[] }).blocks ?? [];
    return actionsIn(own, `a${index}-b`).map((action) => ({ ...action, attachmentId: index + 1 }));
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
