import type { ReactNode } from "react";
import { JsonText } from "../../../shared/console/json-text.tsx";
import { Layout } from "../../../shared/console/layout.tsx";
import { ScrollRegion } from "../../../shared/console/scroll-region.tsx";
import type { GitHubState } from "../../emulators/github/state.ts";
import type { TriggerExample } from "../../trigger/examples.ts";
import { findFields } from "../../trigger/usual-fields.ts";
import { type TriggerChoices, toCommand } from "./read-choices.ts";
import { suggestValues } from "./suggest-values.ts";

interface TriggerPageProps {
  examples: TriggerExample[];
  choices: TriggerChoices;
  /** The payload with the changes; undefined if they are mistaken. */
  payload: unknown;
  github: GitHubState | undefined;
  /** Of the suite. */
  url: string;
  /** Why nothing was sent. */
  error?: string;
  /** What the last sent delivery caused. */
  effects?: ReactNode;
}

/** Builds a delivery from an example and sends it, signed as its sender does. */
export function TriggerPage(props: TriggerPageProps) {
  const { choices, payload, url, error, effects } = props;
  return (
    <Layout title="Trigger" section="Trigger">
      <div className="title">
        <h1>Trigger</h1>
      </div>
      <p className="note about">
        Sends an example to its source function, signed as the sender does, with a new event id. Commits,
        repositories and people that the local GitHub knows are offered in the fields.
      </p>
      <ChooseForm {...props} />
      <SendForm {...props} />
      {error !== undefined && (
        <p className="error" role="alert" id="trigger-error">
          {error}
        </p>
      )}
      {effects && (
        <section aria-labelledby="caused-title">
          <h2 id="caused-title">What it caused</h2>
          <div id="caused" data-live="deliveries slack">
            {effects}
          </div>
        </section>
      )}
      <section>
        <h2>The same in a terminal</h2>
        <pre className="command">{toCommand(choices, url)}</pre>
      </section>
      {payload !== undefined && (
        <details className="text">
          <summary>
            <h2>Payload</h2>
          </summary>
          <ScrollRegion label="Payload">
            <pre>
              <JsonText value={payload} />
            </pre>
          </ScrollRegion>
        </details>
      )}
    </Layout>
  );
}

function ChooseForm({ examples, choices: { example } }: TriggerPageProps) {
  const sources = [...new Set(examples.map(({ source }) => source))];
  const ofSource = examples.filter(({ source }) => source === example.source);
  const events = [...new Set(ofSource.map(({ event }) => event))].sort();
  const ofEvent = ofSource.filter(({ event }) => event === example.event);
  return (
    <form className="filter" action="/trigger" data-change>
      <Select
        name="source"
        label="Source"
        chosen={example.source}
        options={sources.map((value) => ({ value }))}
      />
      <Select
        name="event"
        label="Event"
        chosen={example.event}
        options={events.map((value) => ({ value }))}
      />
      {ofEvent.length > 1 && (
        <Select
          name="example"
          label="Action"
          chosen={example.name}
          options={ofEvent.map((each) => ({ value: each.name, label: describe(each) }))}
        />
      )}
      <button type="submit" className="unscripted">
        Choose
      </button>
    </form>
  );
}

function describe({ name, action, payload }: TriggerExample): string {
  const repository = findFields(payload).find(({ field }) => field === "repository")?.value;
  return [action, repository, name.replace(/^[^.]*\./, "")].filter(Boolean).join(" · ");
}

interface SelectProps {
  name: string;
  label: string;
  chosen: string;
  options: { value: string; label?: string }[];
}

function Select({ name, label, chosen, options }: SelectProps) {
  return (
    <label>
      {label}
      <select name={name} defaultValue={chosen}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label ?? option.value}
          </option>
        ))}
      </select>
    </label>
  );
}

function SendForm({ choices, github, error }: TriggerPageProps) {
  const { example, fields, set, keepTimes } = choices;
  const found = findFields(example.payload);
  const repository = fields.repository ?? found.find(({ field }) => field === "repository")?.value;
  return (
    <form method="post" action="/trigger" className="trigger">
      <input type="hidden" name="example" value={example.name} />
      <div className="trigger-fields">
        {found.map(({ field, value }) => {
          const suggestions = suggestValues(field, github, repository);
          return (
            <label key={field}>
              {field}
              <input
                name={field}
                defaultValue={fields[field] ?? value}
                list={suggestions.length > 0 ? `${field}-values` : undefined}
                autoComplete="off"
                spellCheck={false}
              />
              {suggestions.length > 0 && (
                <datalist id={`${field}-values`}>
                  {suggestions.map((suggestion) => (
                    <option key={suggestion.value} value={suggestion.value} label={suggestion.label} />
                  ))}
                </datalist>
              )}
            </label>
          );
        })}
      </div>
      <label htmlFor="set">Other values, one path=value per line</label>
      <textarea
        id="set"
        name="set"
        rows={2}
        defaultValue={set}
        placeholder="check_run.output.title=backend tests"
        spellCheck={false}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={error === undefined ? undefined : "trigger-error"}
        data-submit-keys
      />
      <p className="actions">
        <button type="submit" className="primary">
          Send
        </button>
        <label>
          <input type="checkbox" name="keepTimes" defaultChecked={keepTimes} /> keep the example's times
        </label>
      </p>
    </form>
  );
}
