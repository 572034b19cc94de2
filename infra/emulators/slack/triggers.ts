import { randomBytes } from "node:crypto";
import { SlackError } from "./errors.ts";

/** https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses */
const LIFETIME_MS = 3000;

/** Trigger ids of clicks. Each can open one view within 3 seconds. */
export class Triggers {
  readonly #issued = new Map<string, { user: string; at: number; used: boolean }>();

  issue(user: string): string {
    const id = `${Date.now()}.${randomBytes(6).toString("hex")}`;
    this.#issued.set(id, { user, at: Date.now(), used: false });
    return id;
  }

  /** @returns id of the user who clicked @throws {SlackError} invalid_trigger_id, exchanged_trigger_id, expired_trigger_id */
  exchange(id: unknown): string {
    const trigger = this.#issued.get(String(id));
    if (!trigger) throw new SlackError("invalid_trigger_id");
    if (trigger.used) throw new SlackError("exchanged_trigger_id");
    if (Date.now() - trigger.at > LIFETIME_MS) throw new SlackError("expired_trigger_id");
    trigger.used = true;
    return trigger.user;
  }
}
