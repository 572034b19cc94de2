import type { PushRecord } from "../../local/gateway/log-entries.ts";
import type { ConsoleContext } from "../context.ts";
import { buildConversationUrl } from "../slack/conversation-url.ts";
import { MAX_ROWS, readWrittenRows } from "./read-written-rows.ts";

/** What an event caused so far. */
export interface EventEffects {
  eventId: string;
  /** Numbers of its deliveries, oldest first. */
  deliveries: number[];
  subscribers: { function: string; outcome: PushRecord["outcome"]; attempts: number; error?: string }[];
  /** `count` is at most `MAX_ROWS`. */
  rows: { table: string; count: number }[];
  /** Why the rows could not be read. */
  rowsError?: string;
  /** Slack messages that it posted or changed. */
  messages: { channel: string; text: string; path: string }[];
}

/** Reads what an event caused: pushes, rows and Slack messages. */
export async function readEffects(
  { deliveryLog, slack, bigqueryDir }: Pick<ConsoleContext, "deliveryLog" | "slack" | "bigqueryDir">,
  eventId: string,
): Promise<EventEffects> {
  const { deliveries, pushes } = deliveryLog.history(eventId);
  const latest = new Map(pushes.map((push) => [push.subscription, push]));
  return {
    eventId,
    deliveries: deliveries.map(({ number }) => number),
    subscribers: [...latest.values()].map(({ function: name, outcome, attempt, error }) => ({
      function: name,
      outcome,
      attempts: attempt,
      ...(error !== undefined && { error }),
    })),
    ...(await countRows(eventId, bigqueryDir)),
    messages: listMessages(slack, eventId),
  };
}

/** An outage of the warehouse does not hide the rest. */
async function countRows(
  eventId: string,
  bigqueryDir: string,
): Promise<Pick<EventEffects, "rows" | "rowsError">> {
  try {
    const written = await readWrittenRows(eventId, bigqueryDir);
    return { rows: written.map(({ table, rows }) => ({ table, count: Math.min(rows.length, MAX_ROWS) })) };
  } catch (error) {
    return { rows: [], rowsError: (error as Error).message };
  }
}

function listMessages(slack: ConsoleContext["slack"], eventId: string): EventEffects["messages"] {
  if (!slack) return [];
  const { workspace } = slack.current;
  return workspace.messages
    .filter(({ events }) => events?.includes(eventId))
    .map(({ channel, channel_name, ts, text }) => ({
      channel: channel.startsWith("D") ? channel_name : `#${channel_name}`,
      text,
      path: `${buildConversationUrl(channel, workspace)}#m${ts}`,
    }));
}
