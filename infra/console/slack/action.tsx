import type { z } from "zod";
import type { actionElement } from "../../emulators/slack/block-kit/element.ts";
import type { RenderContext } from "./render-context.ts";
import { Text } from "./text.tsx";

type ActionElement = z.infer<typeof actionElement>;

interface ActionProps {
  element: ActionElement;
  context: RenderContext;
}

/**
 * An interactive element. assets/slack.js sends the press of a button, with the message or view around it. The Slack emulator supports
 * no other elements, so they are disabled.
 */
export function Action({ element, context }: ActionProps) {
  if (element.type !== "button") return <DisabledChooser element={element} />;
  const { action_id, value, style, confirm, url, text, accessibility_label } = element;
  const press = {
    "data-press": action_id ?? "",
    "data-value": value,
    "data-confirm": confirm && JSON.stringify(confirm),
    "aria-label": accessibility_label,
    className: `slack-button ${style ?? ""}`,
  };
  if (url !== undefined && /^https?:/i.test(url))
    return (
      <a href={url} target="_blank" rel="noreferrer noopener" {...press}>
        {text.text}
      </a>
    );
  return (
    <button type="button" disabled={context.viewer === undefined} {...press}>
      {text.text}
      {confirm && (
        // What the dialog shows: the browser does not parse mrkdwn.
        <template>
          <Text text={confirm.text} context={context} />
        </template>
      )}
    </button>
  );
}

function DisabledChooser({ element }: { element: Exclude<ActionElement, { type: "button" }> }) {
  const options = ("options" in element && element.options) || [];
  if (element.type === "checkboxes" || element.type === "radio_buttons")
    return (
      <span className="choices">
        {options.map(({ text, value }) => (
          <label key={value ?? text.text}>
            <input type={element.type === "checkboxes" ? "checkbox" : "radio"} disabled /> {text.text}
          </label>
        ))}
      </span>
    );
  const placeholder = "placeholder" in element ? element.placeholder?.text : undefined;
  return (
    <select disabled aria-label={placeholder ?? element.type}>
      <option>{placeholder ?? "…"}</option>
      {options.map(({ text, value }) => (
        <option key={value ?? text.text}>{text.text}</option>
      ))}
    </select>
  );
}
