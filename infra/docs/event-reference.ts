import type { Event, Source } from "../../shared/events/event.ts";
import { toMessage } from "../../shared/pubsub/message.ts";
import { readFunctions } from "../manifests/read-functions.ts";

/** Time of receipt of the examples: fixed, so that the pages change with the code only. */
const receivedAt = new Date("2026-11-02T17:10:00.000Z");

/** Pages that list every event type with an example, by path from the repository's root. */
export async function referenceFiles(): Promise<Record<string, string>> {
  const folders = (await readFunctions()).filter(({ manifest }) => "http" in manifest.trigger);
  const sources = await Promise.all(
    folders.map(async ({ name, url, manifest }) => {
      const { examples } = (await import(new URL("examples.ts", url).href)) as {
        examples(at: Date): Event[];
      };
      const events = examples(receivedAt).sort((a, b) => (a.type < b.type ? -1 : 1));
      return {
        name: name as Source,
        description: manifest.description,
        topic: manifest.publishes ?? "",
        events,
      };
    }),
  );
  const pages = sources.map(({ name, events, topic }) => [
    `docs/events/${name}.md`,
    sourcePage(name, topic, events),
  ]);
  return { "docs/events/README.md": indexPage(sources), ...Object.fromEntries(pages) };
}

interface SourceEntry {
  name: Source;
  description: string;
  topic: string;
  events: Event[];
}

function indexPage(sources: SourceEntry[]): string {
  return `# Events

Every event is a [CloudEvent 1.0](https://github.com/cloudevents/spec/blob/main/cloudevents/spec.md) in binary content mode on Pub/Sub:
the message's attributes are the context attributes (\`ce-id\`, \`ce-source\`, \`ce-type\`, \`ce-time\`, \`ce-subject\`, \`ce-dataschema\`, and the fields for
filters), its data is the JSON of the normalized event, and it has no ordering key.
Delivery is at least once: a message with the same \`ce-id\` is the same event.

| field | meaning |
| --- | --- |
| \`id\` | the sender's delivery id, or else a hash of source and body: a repeated delivery has the same id |
| \`source\`, \`type\` | the sender; \`<source>.<event>[.<action>]\` |
| \`subject\` | the object of the event, e.g. \`getsentry/sentry#123\`, \`getsentry/production/13\`, a Slack user's id |
| \`time\`, \`receivedAt\` | time of the event at the sender (time of acceptance if it is before 2000 or more than a day ahead); time of acceptance |
| \`…At\` | other times, \`null\` if unknown: not sent, before 2000, more than a day ahead, or an end before its start |
| \`actor\` | the person or bot that caused it |
| \`deployment\` | [the deployment](#deployments) that it is about, of whatever source; missing or null in any other event |
| \`incident\` | [the incident](#incidents) that it is about, of whatever source; missing or null in any other event |
| \`payload\` | the sender's whole body; \`null\` if \`payloadDropped\` gives a reason (a Pub/Sub message holds 10 MB, a JSON value in BigQuery 500 levels); NUL and unpaired surrogates are U+FFFD |

${sources.map(({ name, description, topic }) => `- [${name}](${name}.md): ${description}. Topic \`${topic}\`, [JSON Schema](${name}.schema.json).`).join("\n")}

## Deployments

An event about a deployment has a section \`deployment\` of the same form for every source, and two attributes to filter on: \`ce-deployment\`, its status (queued, started, finished, failed or canceled), and
\`ce-environment\`. The filter \`attributes:ce-deployment\` passes all of them, \`attributes.ce-deployment = "finished"\` the ends of those that went well. \`source\`, \`app\`, \`environment\` and \`id\` identify a
deployment. One that is queued or started again after it ended is another attempt of it. \`previousSha\` is null for GitHub and GoCD, which do not name the commit that was live before.

## Incidents

An event about an incident has a section \`incident\` of the same form for every source, and the attribute \`ce-incident\`, its status: opened or resolved. The filter \`attributes:ce-incident\` passes all of
them. \`source\` and \`id\` identify an incident. \`openedAt\` is null if the event does not say that this is an incident: an issue of Sentry that is resolved may never have been one.

## Event types

${sources.map(({ name, events }) => `- ${name}: ${events.map(({ type }) => `[\`${type}\`](${name}.md#${anchor(type)})`).join(" ")}`).join("\n")}

GitHub sends other events too, and adds new ones: they arrive as \`github.<event>[.<action>]\` with the same fields.
The same holds for Slack.
`;
}

function sourcePage(source: Source, topic: string, events: Event[]): string {
  return `# Events of ${source}

Topic \`${topic}\` · [JSON Schema](${source}.schema.json) · [fields of all events](README.md)

${events.map(section).join("\n")}`;
}

function section(event: Event): string {
  const { attributes } = toMessage(event, {});
  return `## \`${event.type}\`

Subject \`${attributes["ce-subject"]}\`.

\`\`\`json
${JSON.stringify({ ...event, payload: { "…": `the body that ${event.source} sent` } }, null, 2)}
\`\`\`
`;
}

/** GitHub's anchor of a heading. */
function anchor(type: string): string {
  return type.toLowerCase().replace(/[^a-z0-9_-]/g, "");
}
