import { setTimeout as sleep } from "node:timers/promises";
import type { EventEffects } from "../console/deliveries/read-effects.ts";
import type { LocalMessage, LocalView, Workspace } from "../emulators/slack/workspace.ts";
import type { Written } from "../emulators/slack/write.ts";
import type { Sent } from "../send/send.ts";
import type { LocalPress } from "./api/slack-routes.ts";
import type { LocalEvent } from "./gateway/list-events.ts";

/** Thrown when a request to the local suite fails. */
export class LocalSuiteError extends Error {
  override name = "LocalSuiteError";
}

/** Client of a running suite's `/_local` API. */
export class LocalSuite {
  readonly url: string;

  /** @param url without a trailing slash */
  constructor(url: string) {
    this.url = url;
  }

  /** @returns a client of the suite at a URL, undefined when no suite runs there */
  static async find(url: string): Promise<LocalSuite | undefined> {
    try {
      const response = await fetch(`${url}/_local/idle`, { signal: AbortSignal.timeout(2000) });
      const body = (await response.json()) as { idle?: unknown };
      return typeof body.idle === "boolean" ? new LocalSuite(url) : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Rows of a GoogleSQL query.
   *
   * @param options.allowChanges whether the statement may be another than a SELECT
   * @throws {LocalSuiteError} with BigQuery's message
   */
  async query<Row = Record<string, unknown>>(
    sql: string,
    options: { allowChanges?: boolean } = {},
  ): Promise<Row[]> {
    const { rows } = await this.#post<{ rows: Row[] }>("/_local/query", { sql, ...options });
    return rows;
  }

  /**
   * Adds the month before a demo's day to the GitHub emulator.
   *
   * @param date of the demo, YYYY-MM-DD
   * @returns the date of the demo: that of the first demo, if one was sent before
   */
  async chooseDemoDate(date: string): Promise<string> {
    return (await this.#post<{ date: string }>("/_local/demo", { date })).date;
  }

  /** Issues a trigger id, as a user's click does. */
  async issueTrigger(user: string): Promise<string> {
    const { trigger_id } = await this.#post<{ trigger_id: string }>("/_local/slack/triggers", { user });
    return trigger_id;
  }

  /** Every message of the Slack emulator in its current state, oldest first. */
  async messages(): Promise<LocalMessage[]> {
    return (await this.#json<{ messages: LocalMessage[] }>("/_local/slack/messages")).messages;
  }

  /** Every open modal and published App Home of the Slack emulator. */
  async views(): Promise<LocalView[]> {
    return (await this.#json<{ views: LocalView[] }>("/_local/slack/views")).views;
  }

  /** Channels and users of the Slack emulator. */
  workspace(): Promise<Omit<Workspace, "messages" | "views">> {
    return this.#json("/_local/slack/workspace");
  }

  /**
   * A user presses a button, or Enter in an input.
   *
   * @returns the slack function's response
   * @throws {LocalSuiteError} when the message or view has no such element
   */
  press(press: LocalPress): Promise<Sent> {
    return this.#post("/_local/slack/press", press);
  }

  /**
   * A user writes to the bot directly, or mentions it in a channel.
   *
   * @returns the slack function's response
   */
  say(written: Written): Promise<Sent> {
    return this.#post("/_local/slack/say", written);
  }

  /** Stores a user's message. No event is sent. */
  async write(written: Written): Promise<LocalMessage> {
    return (await this.#post<{ message: LocalMessage }>("/_local/slack/messages", written)).message;
  }

  /** Every accepted event, newest first. */
  async events(): Promise<LocalEvent[]> {
    const { events } = await this.#json<{ events: LocalEvent[] }>("/_local/events?limit=100000");
    return events;
  }

  /** What an event caused so far. @throws {LocalSuiteError} if no event has the id */
  effects(id: string): Promise<EventEffects> {
    return this.#json(`/_local/events/${encodeURIComponent(id)}`);
  }

  /** Replays the delivery of an event. */
  replay(id: string): Promise<{ status: number; eventId: string | null }> {
    return this.#json(`/_local/events/${encodeURIComponent(id)}/replay`, { method: "POST" });
  }

  /** Runs a scheduled function now. @returns its summary; @throws {LocalSuiteError} if it failed */
  runSchedule<Summary = Record<string, unknown>>(name: string): Promise<Summary> {
    return this.#post(`/_local/schedule/${encodeURIComponent(name)}`, {});
  }

  /**
   * Waits until no request is in flight and no event waits for a retry.
   *
   * @param options.facts "later" does not wait until the facts have what was delivered
   * @throws {LocalSuiteError} after `timeoutMs`, naming the events that still wait
   */
  async idle(timeoutMs = 60_000, { facts = "now" }: { facts?: "now" | "later" } = {}): Promise<void> {
    const began = Date.now();
    const until = began + timeoutMs;
    for (;;) {
      const response = await fetch(`${this.url}/_local/idle?facts=${facts}`);
      const state = (await response.json()) as { idle: boolean; waiting: string[] };
      if (state.idle) return;
      if (Date.now() > until)
        throw new LocalSuiteError(`Not idle after ${timeoutMs} ms: ${state.waiting.slice(0, 5).join(", ")}`);
      // Polling slows the suite down: poll less often the longer it takes.
      await sleep(Math.min(20 + (Date.now() - began) / 10, 250));
    }
  }

  #post<T>(path: string, body: object): Promise<T> {
    const headers = { "content-type": "application/json" };
    return this.#json(path, { method: "POST", body: JSON.stringify(body), headers });
  }

  async #json<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await fetch(`${this.url}${path}`, init);
    const body = (await response.json()) as T & { error?: string };
    if (!response.ok) throw new LocalSuiteError(`${path}: ${response.status} ${body.error ?? ""}`);
    return body;
  }
}
