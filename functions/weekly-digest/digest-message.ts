import type { KnownBlock } from "@slack/web-api";
import { clippedText, escapeText, link, section } from "../../shared/slack/mrkdwn.ts";
import type { SlackMessage } from "../../shared/slack/slack-message.ts";
import { addDays } from "./due-week.ts";
import type { MetricsRow, WeekRows } from "./read-week.ts";

const MAX_NAME = 100;
const MAX_TITLE = 150;
/** Services with lines of their own. Ten of them fit into a message with every other section. */
const MAX_SERVICES = 10;

/**
 * The digest of a team's week. It says why its readers get it and how to mute it. Pure.
 *
 * @param week its Monday, YYYY-MM-DD
 */
export function digestMessage(rows: WeekRows, { team, week }: { team: string; week: string }): SlackMessage {
  const name = clippedText(team, MAX_NAME);
  const span = `${showDay(week)} to ${showDay(addDays(week, 6))}`;
  const pairs = pairWeeks(rows.metrics);
  const others = pairs.length - MAX_SERVICES;
  const lists: [title: string, lines: string[]][] = [
    ["Slowest checks, median", rows.slowest.map(slowLine)],
    ["Flakiest checks: failed, then passed for the same commit", rows.flakiest.map(flakyLine)],
    ["Pull requests that have waited longest for a review", rows.reviews.map(reviewLine)],
  ];
  return {
    text: `The week of ${name}, ${span}`,
    blocks: [
      section(`*The week of ${name}*, ${span}, and the week before it in parentheses`),
      ...pairs.slice(0, MAX_SERVICES).map((pair) => section(serviceText(pair, pairs))),
      ...(others > 0 ? [section(`and ${others} more ${others === 1 ? "service" : "services"}`)] : []),
      ...lists.flatMap(([title, lines]) => (lines.length > 0 ? [listSection(title, lines)] : [])),
      reason(team),
    ],
  };
}

interface Weeks {
  current: MetricsRow;
  before: MetricsRow | undefined;
}

/** The services, those with the most deployments first. One that was first deployed this week has no week before. */
function pairWeeks(rows: MetricsRow[]): Weeks[] {
  return rows
    .filter(({ is_current }) => is_current)
    .map((current) => ({
      current,
      before: rows.find(
        (row) =>
          !row.is_current && row.service === current.service && row.environment === current.environment,
      ),
    }))
    .toSorted((one, other) => other.current.deployments - one.current.deployments);
}

function serviceText({ current, before }: Weeks, all: Weeks[]): string {
  const { service, environment } = current;
  const isShared = all.filter((pair) => pair.current.service === service).length > 1;
  const name = clippedText(isShared ? `${service} in ${environment}` : service, MAX_NAME);
  const lines = metricTexts.map(([label, text]) => {
    const earlier = before ? ` (${text(before)})` : "";
    return `${label}: ${text(current)}${earlier}`;
  });
  return [`*${name}*`, ...lines].join("\n");
}

/** The five metrics that DORA defines: https://dora.dev/guides/dora-metrics/ */
const metricTexts: [label: string, text: (row: MetricsRow) => string][] = [
  ["Deployments", ({ deployments }) => String(deployments)],
  ["Lead time, median", ({ lead_time_seconds }) => showSpan(lead_time_seconds)],
  ["Changes that failed", ({ failed_changes, changes }) => showShare(failed_changes, changes)],
  ["Time to recover, median", ({ recovery_seconds }) => showSpan(recovery_seconds)],
  ["Rollbacks and hotfixes", ({ reworks, deployments }) => showShare(reworks, deployments)],
];

function slowLine({ repository, check_name, seconds, runs }: WeekRows["slowest"][number]): string {
  return `${checkName(repository, check_name)}: ${showSpan(seconds)} in ${plural(runs, "run")}`;
}

function flakyLine({ repository, check_name, flaky_commits, commits }: WeekRows["flakiest"][number]): string {
  return `${checkName(repository, check_name)}: ${flaky_commits} of ${plural(commits, "commit")}`;
}

function reviewLine({ repository, number, title, author, age_seconds }: WeekRows["reviews"][number]): string {
  const page = link(`https://github.com/${repository}/pull/${number}`, `${repository}#${number}`, MAX_NAME);
  const by = author === null ? "" : ` by ${clippedText(author, MAX_NAME)}`;
  return `${page} ${clippedText(title ?? "", MAX_TITLE)}${by}: opened ${showSpan(age_seconds)} ago`;
}

function checkName(repository: string, name: string): string {
  return `${clippedText(name, MAX_TITLE)} of ${clippedText(repository, MAX_NAME)}`;
}

function listSection(title: string, lines: string[]): KnownBlock {
  return section([`*${title}*`, ...lines.map((line) => `• ${line}`)].join("\n"));
}

function reason(team: string): KnownBlock {
  const text = `This is the channel of the team ${escapeText(team)} in ci-tooling.yaml, which owns these services. \`digest: off\` of the team ends these messages.`;
  return { type: "context", elements: [{ type: "mrkdwn", text, verbatim: true }] };
}

function showShare(part: number, whole: number): string {
  return whole === 0 ? "none" : `${Math.round((100 * part) / whole)} %, ${part} of ${whole}`;
}

/** A duration in its two largest units. */
function showSpan(seconds: number | null): string {
  if (seconds === null) return "none";
  const whole = Math.max(0, Math.round(seconds));
  const [minutes, hours, days] = [60, 3600, 86_400].map((unit) => Math.floor(whole / unit)) as [
    number,
    number,
    number,
  ];
  if (days > 0) return `${plural(days, "day")} ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** @param day YYYY-MM-DD */
function showDay(day: string): string {
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" }).format(
    new Date(day),
  );
}
