import type { LocalMessage } from "../emulators/slack/workspace.ts";
import type { Cell, Round } from "./schedule.ts";

/** Results of one round. Everything except `sent` and `hits` has to be 0. */
export interface RoundResult extends Round {
  /** Requests that the fault met. */
  hits: number;
  /** Distinct events. */
  sent: number;
  /** Events that a source accepted, without all of their rows or without their deploy in Postgres. */
  lost: number;
  doubledRows: number;
  missingMessages: number;
  doubledMessages: number;
  /** A description of each difference. */
  differences: string[];
}

/** The bot's messages in the terms of a story. */
export interface DescribedMessages {
  /** One name for each message; two for an alert that is not in a thread. */
  posted: string[];
  /** The current texts of the messages that change. */
  shown: string[];
}

type Message = Pick<LocalMessage, "channel" | "ts" | "thread_ts" | "user" | "text">;

/**
 * Names the bot's messages after their text and thread.
 *
 * @param all messages of the workspace, in which a reply finds its thread
 */
export function describeMessages(
  messages: Message[],
  bot: string,
  all: Message[] = messages,
): DescribedMessages {
  const described: DescribedMessages = { posted: [], shown: [] };
  for (const message of messages.filter(({ user }) => user === bot)) {
    const [, alertSha, alertState] = /@master ([0-9a-f]{7}) (.+)$/.exec(message.text) ?? [];
    const [, readySha, readyState] = /^Your commit ([0-9a-f]{7}) (.+)$/.exec(message.text) ?? [];
    const [, isResolved, incident] = /^(Resolved i|I)ncident in [^:]+: (.+)$/.exec(message.text) ?? [];
    if (incident !== undefined) {
      described.posted.push(`incident ${incident}`);
      described.shown.push(`incident ${incident} ${isResolved === "I" ? "opened" : "resolved"}`);
    } else if (alertSha !== undefined) {
      described.posted.push(`alert ${alertSha}`, ...(message.thread_ts ? [] : ["alert in the channel"]));
      described.shown.push(`alert ${alertState}`);
    } else if (readySha !== undefined) {
      described.posted.push(`ready ${readySha}`);
      described.shown.push(`ready ${readySha} ${readyState}`);
    } else described.posted.push(describeReply(message, all));
  }
  return described;
}

function describeReply({ text, channel, thread_ts }: Message, all: Message[]): string {
  if (text.includes("jobs did not pass")) return "jobs";
  if (text.includes("is now passing again")) return "passing again";
  if (text.startsWith("*What you can ask me*")) return `help ${thread_ts}`;
  const parent = all.find((message) => message.channel === channel && message.ts === thread_ts);
  const [, sha] = /^Your commit ([0-9a-f]{7})/.exec(parent?.text ?? "") ?? [];
  return text.includes("your commit has been deployed") ? `deployed ${sha}` : `unexpected ${text}`;
}

export interface Difference {
  missing: string[];
  surplus: string[];
}

/** Compares two lists regardless of their order. An element that occurs n times too often is in `surplus` n times. */
export function compareLists(expected: string[], actual: string[]): Difference {
  const surplus = [...actual];
  const missing = expected.filter((element) => {
    const index = surplus.indexOf(element);
    if (index >= 0) surplus.splice(index, 1);
    return index < 0;
  });
  return { missing, surplus };
}

/** An event that a source accepted, with the number of its rows in each view. */
export interface AcceptedEvent {
  id: string;
  rows: Record<string, number>;
}

/** Number of rows by view and event id. */
export type RowCounts = Map<string, Map<string, number>>;

/** Compares the rows of the accepted events with those in the views. A missing or surplus row is `<view> <event id>`. */
export function compareRows(events: AcceptedEvent[], counts: RowCounts): Difference {
  const result: Difference = { missing: [], surplus: [] };
  for (const [view, byEvent] of counts)
    for (const { id, rows } of events) {
      const difference = (byEvent.get(id) ?? 0) - (rows[view] ?? 0);
      const list = difference < 0 ? result.missing : result.surplus;
      for (let n = 0; n < Math.abs(difference); n++) list.push(`${view} ${id}`);
    }
  return result;
}

/** Rows of events that nobody sent, e.g. if a second delivery got another id. */
export function findUnknownRows(events: AcceptedEvent[], counts: RowCounts): string[] {
  const known = new Set(events.map(({ id }) => id));
  return [...counts].flatMap(([view, byEvent]) =>
    [...byEvent.keys()].filter((id) => !known.has(id)).map((id) => `${view} ${id}`),
  );
}

const columns = [
  "part",
  "step",
  "fault",
  "hits",
  "events",
  "lost",
  "rows doubled",
  "messages doubled",
  "messages missing",
];

/** The matrix as a text table: a line per cell, with the sums of its rounds, and a line of totals. */
export function formatMatrix(results: RoundResult[]): string {
  const cells = new Map<string, RoundResult[]>();
  for (const result of results) {
    const key = `${result.part} ${result.step} ${result.fault}`;
    cells.set(key, [...(cells.get(key) ?? []), result]);
  }
  const lines = [...cells]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, rounds]) => [...key.split(" "), ...sums(rounds)]);
  const table = [columns, ...lines, ["all", "", "", ...sums(results)]];
  const widths = columns.map((_, index) => Math.max(...table.map((line) => line[index]?.length ?? 0)));
  return table
    .map((line) =>
      line.map((text, index) =>
        index < 3 ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0),
      ),
    )
    .map((line) => line.join("  ").trimEnd())
    .join("\n");
}

function sums(rounds: RoundResult[]): string[] {
  const sum = (pick: (round: RoundResult) => number) =>
    String(rounds.reduce((total, round) => total + pick(round), 0));
  return [
    sum(({ hits }) => hits),
    sum(({ sent }) => sent),
    sum(({ lost }) => lost),
    sum(({ doubledRows }) => doubledRows),
    sum(({ doubledMessages }) => doubledMessages),
    sum(({ missingMessages }) => missingMessages),
  ];
}

/** Cells whose fault met no request in any of their rounds: the run shows nothing about them. */
export function listUntested(results: RoundResult[]): string[] {
  const name = ({ part, step, fault }: Cell) => `${part} ${step} ${fault}`;
  const met = new Set(results.filter(({ hits }) => hits > 0).map(name));
  return [...new Set(results.map(name))].filter((cell) => !met.has(cell));
}
