import { useId } from "react";
import { Action } from "./action.tsx";
import type { BlockKitBlock } from "./block-types.ts";
import type { RenderContext } from "./render-context.ts";

interface InputProps {
  block: Extract<BlockKitBlock, { type: "input" }>;
  context: RenderContext;
}

/** An input. Enter sends it if it dispatches actions. */
export function Input({ block: { label, element, hint, dispatch_action = false }, context }: InputProps) {
  const id = useId();
  if (element.type !== "plain_text_input")
    return (
      <fieldset>
        <legend>{label.text}</legend>
        <Action element={element} context={context} />
      </fieldset>
    );
  const { action_id = "", initial_value, placeholder, multiline, max_length } = element;
  const Field = multiline ? "textarea" : "input";
  return (
    <form className="slack-input" data-dispatch={dispatch_action ? action_id : undefined}>
      <label htmlFor={`${id}${action_id}`}>{label.text}</label>
      <Field
        id={`${id}${action_id}`}
        name="value"
        defaultValue={initial_value}
        placeholder={placeholder?.text}
        maxLength={max_length}
        aria-describedby={`${id}hint`}
      />
      <p id={`${id}hint`} className="note">
        {hint?.text ?? (dispatch_action && "Enter sends it.")}
      </p>
    </form>
  );
}
