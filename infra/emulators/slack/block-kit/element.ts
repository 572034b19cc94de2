import { z } from "zod";
import { confirmationDialog, option, optionGroup, plainText } from "./composition-objects.ts";

const url = z.string().min(1).max(3000);
/** Fields of every interactive element. */
const actionable = {
  action_id: z.string().min(1).max(255).optional(),
  confirm: confirmationDialog.optional(),
  focus_on_load: z.boolean().optional(),
};
const placeholder = plainText(150).optional();

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const button = z.strictObject({
  type: z.literal("button"),
  text: plainText(75),
  action_id: actionable.action_id,
  confirm: actionable.confirm,
  url: url.optional(),
  value: z.string().max(2000).optional(),
  style: z.enum(["primary", "danger"]).optional(),
  accessibility_label: z.string().max(75).optional(),
});

/** https://docs.slack.dev/reference/block-kit/block-elements/image-element */
export const imageElement = z.strictObject({
  type: z.literal("image"),
  image_url: url,
  alt_text: z.string().max(2000),
});

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const staticSelect = z.strictObject({
  type: z.literal("static_select"),
  ...actionable,
  placeholder,
  options: z.array(option).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
  initial_option: option.optional(),
});

const usersSelect = z.strictObject({
  type: z.literal("users_select"),
  ...actionable,
  placeholder,
  initial_user: z.string().optional(),
});

/** https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element */
const overflow = z.strictObject({
  type: z.literal("overflow"),
  action_id: actionable.action_id,
  confirm: actionable.confirm,
  options: z.array(option).min(1).max(5),
});

/** https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element */
const checkboxes = z.strictObject({
  type: z.literal("checkboxes"),
  ...actionable,
  options: z.array(option).min(1).max(10),
  initial_options: z.array(option).optional(),
});

/** https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element */
const radioButtons = z.strictObject({
  type: z.literal("radio_buttons"),
  ...actionable,
  options: z.array(option).min(1).max(10),
  initial_option: option.optional(),
});

/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
const plainTextInput = z.strictObject({
  type: z.literal("plain_text_input"),
  action_id: actionable.action_id,
  focus_on_load: actionable.focus_on_load,
  placeholder,
  initial_value: z.string().optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z.array(z.enum(["on_enter_pressed", "on_character_entered"])).min(1),
    })
    .optional(),
});

const chooser = [staticSelect, usersSelect, checkboxes, radioButtons] as const;

/** Elements of an actions block. Unused types are rejected: add a type here before the suite uses it. */
export const actionElement = z.discriminatedUnion("type", [button, overflow, ...chooser]);

/** Elements of a section's `accessory`. */
export const accessory = z.discriminatedUnion("type", [button, imageElement, overflow, ...chooser]);

/** Elements of an input block. */
export const inputElement = z.discriminatedUnion("type", [plainTextInput, ...chooser]);
