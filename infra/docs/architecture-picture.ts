import { DEAD_LETTER_TOPIC, REPLAY_TOPIC } from "../../shared/pubsub/topics.ts";
import type { Manifest } from "../manifests/manifest.ts";
import { type FunctionFolder, readFunctions } from "../manifests/read-functions.ts";

const WIDTH = 1240;
const BOX = 38;
const GAP = 18;
const TOP = 92;
/** Left edges and widths of the columns, in the direction of the events. */
const columns = {
  senders: { x: 20, width: 130 },
  sources: { x: 220, width: 170 },
  topics: { x: 460, width: 200 },
  subscribers: { x: 740, width: 190 },
  sinks: { x: 1040, width: 180 },
} as const;
type Column = keyof typeof columns;

interface Box {
  column: Column;
  /** Vertical center. */
  y: number;
}

/** The architecture diagram, by path from the repository's root. */
export async function architecturePicture(): Promise<Record<string, string>> {
  return { "docs/architecture.svg": drawArchitecture(await readFunctions()) };
}

function drawArchitecture(functions: FunctionFolder[]): string {
  const sources = functions.filter(({ manifest }) => "http" in manifest.trigger);
  const subscribers = functions.filter(({ subscriptions }) => subscriptions.length > 0);
  const scheduled = functions.filter(({ manifest }) => "schedule" in manifest.trigger);
  const called = [...subscribers, ...scheduled];
  const rows = Math.max(sources.length + 1, called.length);
  const spread = (column: Column, count: number) => (index: number) => ({
    column,
    y: TOP + ((index + 0.5) * rows * (BOX + GAP)) / count,
  });
  // The last row of the sources and topics is Cloud Scheduler's.
  const source = spread("sources", sources.length + 1);
  const scheduler: Box = { column: "topics", y: source(sources.length).y };
  const subscriber = spread("subscribers", called.length);
  const topics = sources.map(({ manifest }) => manifest.publishes ?? "");
  const sinks = listSinks(functions);
  const sink = spread("sinks", sinks.length);
  const bottom = TOP + rows * (BOX + GAP);

  const flows = [
    ...sources.flatMap((_, index) => [
      flow({ column: "senders", y: source(index).y }, source(index), "webhook"),
      flow(source(index), { column: "topics", y: source(index).y }, "event"),
    ]),
    ...subscribers.flatMap(({ subscriptions }, index) =>
      subscriptions
        .filter(({ topic }) => topic !== REPLAY_TOPIC)
        .map(({ topic, filter }) =>
          flow(
            { column: "topics", y: source(topics.indexOf(topic)).y },
            subscriber(index),
            filter ? "filtered" : "event",
          ),
        ),
    ),
    ...scheduled.map((_, index) => flow(scheduler, subscriber(subscribers.length + index), "event")),
    ...called.flatMap((folder, index) =>
      sinks.flatMap((name, at) =>
        writesTo(folder, name) ? [flow(subscriber(index), sink(at), "write")] : [],
      ),
    ),
  ];
  const boxes = [
    ...sources.flatMap(({ name, manifest }, index) => [
      box({ column: "senders", y: source(index).y }, manifest.sender ?? name, "outside"),
      box(source(index), name, "function", manifest.resources.minInstances > 0 ? "always ready" : ""),
      box({ column: "topics", y: source(index).y }, manifest.publishes ?? "", "topic"),
    ]),
    ...called.map(({ name, manifest }, index) => box(subscriber(index), name, "function", noteOn(manifest))),
    ...(scheduled.length > 0 ? [box(scheduler, "Cloud Scheduler", "topic", "calls with an OIDC token")] : []),
    ...sinks.map((name, index) =>
      box(sink(index), name, name === "Slack" || name === "GitHub" ? "outside" : "store"),
    ),
  ];
  return svg(bottom + 150, [...headings(), ...flows, ...boxes, ...below(bottom + 24)]);
}

function noteOn({ trigger, database }: Manifest): string {
  const times = "schedule" in trigger ? `at ${trigger.schedule.cron}` : "";
  return [times, database ? "in the VPC" : ""].filter((part) => part !== "").join(", ");
}

/** Systems that functions write to, according to their manifests. */
function listSinks(functions: FunctionFolder[]): string[] {
  return ["BigQuery", "Slack", "Cloud SQL", "GitHub"].filter((name) =>
    functions.some((folder) => writesTo(folder, name)),
  );
}

function writesTo({ manifest }: FunctionFolder, sink: string): boolean {
  if ("http" in manifest.trigger || "iap" in manifest.trigger) return false;
  switch (sink) {
    case "BigQuery":
      return manifest.facts === true || [...(manifest.tables ?? []), ...(manifest.edits ?? [])].length > 0;
    case "Slack":
      return manifest.secrets.includes("SLACK_BOT_USER_ACCESS_TOKEN");
    case "Cloud SQL":
      return manifest.database;
    default:
      return manifest.secrets.includes("GH_APP_SECRET_KEY");
  }
}

function headings(): string[] {
  const titles: Record<Column, [string, string]> = {
    senders: ["Senders", "sign their webhooks"],
    sources: ["Source functions", "open to the internet; verify, publish"],
    topics: ["Pub/Sub", "a topic per source, kept for 7 days"],
    subscribers: ["Subscribers, schedules", "called with OIDC, internal only"],
    sinks: ["Sinks", ""],
  };
  return Object.entries(titles).map(([column, [title, note]]) => {
    const { x } = columns[column as Column];
    return `<text class="title" x="${x}" y="34">${title}</text><text class="note" x="${x}" y="54">${note}</text>`;
  });
}

/** Services that all functions share, drawn once below them. */
function below(y: number): string[] {
  const parts: [number, string, string][] = [
    [220, "Secret Manager", "two valid versions in a rotation"],
    [460, DEAD_LETTER_TOPIC, "after 10 attempts; rows in BigQuery"],
    [740, "Monitoring, Sentry", "alerts, dashboard, traces, errors"],
    [1040, "Looker", "reads views over BigQuery"],
  ];
  const widths = [200, 250, 230, 180];
  return [
    `<line class="rule" x1="20" y1="${y}" x2="${WIDTH - 20}" y2="${y}"/>`,
    ...parts.map(
      ([x, name, note], index) =>
        `<rect class="shared" x="${x}" y="${y + 22}" width="${widths[index]}" height="${BOX + 16}" rx="6"/><text x="${x + 12}" y="${y + 45}">${name}</text><text class="note" x="${x + 12}" y="${y + 64}">${note}</text>`,
    ),
    `<text class="note" x="20" y="${y + 45}">Used by</text><text class="note" x="20" y="${y + 62}">all functions</text>`,
  ];
}

function box({ column, y }: Box, name: string, kind: string, note = ""): string {
  const { x, width } = columns[column];
  const text = note ? y - 2 : y + 5;
  const small = note ? `<text class="note" x="${x + 12}" y="${y + 13}">${note}</text>` : "";
  return `<rect class="${kind}" x="${x}" y="${y - BOX / 2}" width="${width}" height="${BOX}" rx="6"/><text x="${x + 12}" y="${text}">${name}</text>${small}`;
}

function flow(from: Box, to: Box, kind: string): string {
  const x1 = columns[from.column].x + columns[from.column].width;
  const x2 = columns[to.column].x - 3;
  const middle = (x1 + x2) / 2;
  return `<path class="flow ${kind}" d="M${x1} ${from.y} C${middle} ${from.y} ${middle} ${to.y} ${x2} ${to.y}"/>`;
}

function svg(height: number, parts: string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Webhooks go to source functions, events to Pub/Sub topics, and from there to subscriber functions that write to BigQuery, Cloud SQL and Slack. Cloud Scheduler calls the scheduled functions">
<style>
  text { font: 14px system-ui, sans-serif; fill: #1d2129 }
  .title { font-weight: 600; font-size: 16px }
  .note { font-size: 11.5px; fill: #5b6472 }
  rect { stroke-width: 1.3 }
  .outside { fill: #fff; stroke: #8a93a2 }
  .function { fill: #e8f0fe; stroke: #3367d6 }
  .topic { fill: #fef3e0; stroke: #d98200 }
  .store { fill: #e6f4ea; stroke: #188038 }
  .shared { fill: #f4f5f7; stroke: #8a93a2 }
  .rule { stroke: #d5d9e0 }
  .flow { fill: none; stroke: #5b6472; stroke-width: 1.3; marker-end: url(#arrow) }
  .filtered { stroke-dasharray: 5 3 }
</style>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="#5b6472"/></marker></defs>
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
${parts.join("\n")}
<text class="note" x="20" y="${height - 12}">Dashed: a filter passes only the events that the function handles. Written by npm run docs from functions/*/function.json.</text>
</svg>
`;
}
