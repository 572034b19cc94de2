import { readdirSync, readFileSync } from "node:fs";
import { webhookExamples } from "../../functions/github/webhook-examples.ts";

/** An example of a webhook's body. */
export interface TriggerExample {
  /** `<source>.<fixture>`, or `github.<event>#<index>` for an example of Octokit. */
  name: string;
  source: string;
  /** What the source's sender calls the event; for other sources than GitHub, the name of the fixture. */
  event: string;
  /** GitHub's `action`, null if the payload has none. */
  action: string | null;
  payload: unknown;
}

const githubEvents = [...new Set(webhookExamples.map(({ event }) => event))].sort(
  (a, b) => b.length - a.length,
);

/**
 * Lists the examples of each source: the fixtures of this repository, whose commits and people the emulators know, then those of
 * `@octokit/webhooks-examples`.
 *
 * @param sources names of the functions that receive webhooks
 */
export function listExamples(sources: string[]): TriggerExample[] {
  const own = sources.flatMap((source) => readFixtures(source));
  const octokit = webhookExamples.map(({ name, event, payload }) => ({
    name: `github.${name}`,
    source: "github",
    event,
    action: readAction(payload),
    payload,
  }));
  return [...own, ...(sources.includes("github") ? octokit : [])];
}

function readFixtures(source: string): TriggerExample[] {
  const folder = new URL(`../../functions/${source}/fixtures/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => {
      const fixture = file.replace(".json", "");
      const payload: unknown = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
      return {
        name: `${source}.${fixture}`,
        source,
        event: source === "github" ? readGitHubEvent(fixture) : fixture,
        action: readAction(payload),
        payload,
      };
    });
}

/** GitHub names the event in a header. A fixture begins with it: `check-run-failed` is a check_run. */
function readGitHubEvent(fixture: string): string {
  const name = fixture.replaceAll("-", "_");
  const event = githubEvents.find((each) => name.startsWith(each));
  if (!event)
    throw new Error(`functions/github/fixtures/${fixture}.json does not begin with an event's name`);
  return event;
}

function readAction(payload: unknown): string | null {
  const { action } = (payload ?? {}) as { action?: unknown };
  return typeof action === "string" ? action : null;
}

/**
 * Finds an example by its name, or the first one of `<source>.<event>` or `<source>.<event>.<action>`.
 *
 * @returns undefined if there is none
 */
export function findExample(examples: TriggerExample[], name: string): TriggerExample | undefined {
  return (
    examples.find((example) => example.name === name) ??
    examples.find(({ source, event }) => `${source}.${event}` === name) ??
    examples.find(({ source, event, action }) => `${source}.${event}.${action}` === name)
  );
}

/** Names that begin as `name` does, for an error message. */
export function suggestExamples(examples: TriggerExample[], name: string): string[] {
  const [source = "", event = ""] = name.split(".");
  const ofSource = examples.filter((example) => example.source === source);
  const names = new Set(ofSource.map((example) => `${example.source}.${example.event}`));
  const near = [...names].filter((each) => each.includes(event.slice(0, 4)));
  return near.length > 0 ? near : [...names];
}
