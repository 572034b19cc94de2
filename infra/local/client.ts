import { setTimeout as sleep } from "node:timers/promises";
import type { LocalMessage, LocalView, Workspace } from "../emulators/slack/workspace.ts";
import type { Written } from "../emulators/slack/write.ts";
import type { Sent } from "../send/send.ts";
import type { LocalPress } from "./api/slack-routes.ts";
import type { LocalEvent } from "./gateway/list-events.ts";

/** Thrown when the local suite answers something else than was asked for. */
export class LocalSuiteError extends Error {
  override name = "LocalSuiteError";
}

/** Asks a running local suite through its `/_local` surface. */
export class LocalSuite {
  readonly url: string;

  /** @param url without a slash at its end */
  constructor(url: string) {
    this.url = url;
  }

  /** @returns the suite that runs at an address, undefined when none does */
  static async find(url: string): Promise<LocalSuite | undefined> {
    try {
      const response = await fetch(`${url}/_local/idle`, { signal: AbortSignal.timeout(2000) });
      const body = (await response.json()) as { idle?: unknown };
      return typeof body.idle === "boolean" ? new LocalSuite(url) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Rows of a GoogleSQL query. @throws {LocalSuiteError} with BigQuery's message */
  async query<Row = Record<string, unknown>>(sql: string): Promise<Row[]> {
    const { rows } = await this.#post<{ rows: Row[] }>("/_local/query", { sql });
    return rows;
  }

  /**
   * Has the local GitHub know the month before the demo's day.
   *
   * @param date that the demo is to be of, YYYY-MM-DD
   * @returns the date that it is of: an earlier one, if a demo was sent before
   */
  async chooseDemoDate(date: string): Promise<string> {
    return (await this.#post<{ date: string }>("/_local/demo", { date })).date;
  }

  /** A trigger id, as a user's click would come with. */
  async issueTrigger(user: string): Promise<string> {
    const { trigger_id } = await this.#post<{ trigger_id: string }>("/_local/slack/triggers", { user });
    return trigger_id;
  }

  /** Every message of the local Slack as it shows it now, oldest first. */
  async messages(): Promise<LocalMessage[]> {
    return (await this.#json<{ messages: LocalMessage[] }>("/_local/slack/messages")).messages;
  }

  /** Every modal that was opened in the local Slack, and every App Home that was published. */
  async views(): Promise<LocalView[]> {
    return (await this.#json<{ views: LocalView[] }>("/_local/slack/views")).views;
  }

  /** The local Slack's channels and users. */
  workspace(): Promise<Omit<Workspace, "messages" | "views">> {
    return this.#json("/_local/slack/workspace");
  }

  /**
   * Has a person press a button, or Enter in an input.
   *
   * @returns what the slack function answers
   * @throws {LocalSuiteError} when there is no such button on the message or view
   */
  press(press: LocalPress): Promise<Sent> {
    return this.#post("/_local/slack/press", press);
  }

  /**
   * Has a person write to the bot directly, or mention it in a channel.
   *
   * @returns what the slack function answers
   */
  say(written: Written): Promise<Sent> {
    return this.#post("/_local/slack/say", written);
  }

  /** Has a person write a message about which no event is sent. */
  async write(written: Written): Promise<LocalMessage> {
    return (await this.#post<{ message: LocalMessage }>("/_local/slack/messages", written)).message;
  }

  /** Every accepted event, newest first. */
  async events(): Promise<LocalEvent[]> {
    const { events } = await this.#json<{ events: LocalEvent[] }>("/_local/events?limit=100000");
    return events;
  }

  /** Sends the delivery of an event again. */
  replay(id: string): Promise<{ status: number; eventId: string | null }> {
    return this.#json(`/_local/events/${encodeURIComponent(id)}/replay`, { method: "POST" });
  }

  /**
   * Returns when nothing is in flight or waiting to be retried.
   *
   * @param timeoutMs how long to wait for it
   * @throws {LocalSuiteError} naming what is still waiting
   */
  async idle(timeoutMs = 60_000): Promise<void> {
    const began = Date.now();
    const until = began + timeoutMs;
    for (;;) {
      const response = await fetch(`${this.url}/_local/idle`);
      const state = (await response.json()) as { idle: boolean; waiting: string[] };
      if (state.idle) return;
      if (Date.now() > until)
        throw new LocalSuiteError(`Not idle after ${timeoutMs} ms: ${state.waiting.slice(0, 5).join(", ")}`);
      // What takes long need not be asked about often: asking takes time from what is waited for.
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
