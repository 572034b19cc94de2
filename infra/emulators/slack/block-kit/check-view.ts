import { z } from "zod";
import { checkBlocks, MAX_VIEW_BLOCKS } from "./check-blocks.ts";
import { plainText } from "./composition-objects.ts";
import { findProblems, formatProblem } from "./problems.ts";

const common = {
  blocks: z.array(z.unknown()),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
  private_metadata: z.string().max(3000).optional(),
};

/** https://docs.slack.dev/reference/views/modal-views */
const modal = z.strictObject({
  type: z.literal("modal"),
  ...common,
  title: plainText(24),
  close: plainText(24).optional(),
  submit: plainText(24).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
});

/** https://docs.slack.dev/reference/views/home-tab-views */
const home = z.strictObject({ type: z.literal("home"), ...common });

/** @param type that the method accepts @returns the problems of a view, as lines of `response_metadata.messages` */
export function checkView(view: unknown, type: "modal" | "home"): string[] {
  const schema = type === "modal" ? modal : home;
  const found = findProblems(schema, view, "/view");
  if (found.length > 0) return found;
  const parsed = schema.parse(view);
  const blocks = checkBlocks(parsed.blocks, "/view/blocks", MAX_VIEW_BLOCKS);
  if (blocks.length > 0 || parsed.type === "home" || parsed.submit) return blocks;
  const hasInput = parsed.blocks.some((block) => (block as { type?: unknown }).type === "input");
  return hasInput ? [formatProblem("missing required field: submit", "/view")] : [];
}
