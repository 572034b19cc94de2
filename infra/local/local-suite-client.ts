import { setTimeout as sleep } from "node:timers/promises";
import type { LocalEvent } from "./events.ts";

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
    const body = JSON.stringify({ sql });
    const { rows } = await this.#json<{ rows: Row[] }>("/_local/query", {
      method: "POST",
      body,
      headers: { "content-type": "application/json" },
    });
    return rows;
  }

  /** A trigger id, as a user's click would come with. */
  async issueTrigger(user: string): Promise<string> {
    const body = JSON.stringify({ user });
    const headers = { "content-type": "application/json" };
    const { trigger_id } = await this.#json<{ trigger_id: string }>("/_local/slack/triggers", {
      method: "POST",
      body,
      headers,
    });
    return trigger_id;
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
  async idle(timeoutMs = 120_000): Promise<void> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const response = await fetch(`${this.url}/_local/idle`);
      const state = (await response.json()) as { idle: boolean; waiting: string[] };
      if (state.idle) return;
      if (Date.now() > until)
        throw new LocalSuiteError(`Not idle after ${timeoutMs} ms: ${state.waiting.slice(0, 5).join(", ")}`);
      await sleep(50);
    }
  }

  async #json<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await fetch(`${this.url}${path}`, init);
    const body = (await response.json()) as T & { error?: string };
    if (!response.ok) throw new LocalSuiteError(`${path}: ${response.status} ${body.error ?? ""}`);
    return body;
  }
}
