import { randomUUID } from "node:crypto";
import type { FunctionFolder } from "../manifests/read-functions.ts";
import { makeDistinct } from "../send/make-distinct.ts";
import { encodeFor, type ToSign } from "../send/send.ts";
import type { TriggerExample } from "./examples.ts";
import { moveTimes } from "./move-times.ts";
import { changePath, type PayloadChange, PayloadPathError } from "./payload-paths.ts";
import { changeField, findFields, type UsualField } from "./usual-fields.ts";

/** What to change in an example. */
export interface TriggerChanges {
  fields?: Partial<Record<UsualField, string>>;
  /** Values for paths that the payload has. */
  set?: PayloadChange[];
  /** Values for paths that it may lack. */
  add?: PayloadChange[];
  /** Whether times stay as they are; by default the latest one becomes now. */
  keepTimes?: boolean;
}

/**
 * Applies changes to the payload of an example.
 *
 * @throws {PayloadPathError} for a path or field that the payload does not have
 */
export function changePayload(payload: unknown, changes: TriggerChanges, now: Date): unknown {
  const { fields = {}, set = [], add = [], keepTimes = false } = changes;
  let changed = keepTimes ? payload : moveTimes(payload, now);
  for (const [name, value] of Object.entries(fields)) {
    const field = findFields(changed).find((each) => each.field === name);
    if (!field) throw new PayloadPathError(`This example has no ${name}`);
    changed = changeField(changed, field, value);
  }
  for (const change of set) changed = changePath(changed, change);
  for (const change of add) changed = changePath(changed, change, { add: true });
  return changed;
}

/**
 * Builds the request for a payload. Its event id is new, so that subscribers handle it even if they have handled the example before.
 *
 * @param folder the example's source
 */
export async function buildDelivery(
  folder: FunctionFolder,
  { event }: Pick<TriggerExample, "event">,
  payload: unknown,
): Promise<ToSign> {
  const body = await encodeFor(folder, Buffer.from(JSON.stringify(payload)));
  if (folder.name === "github") return { body, event, id: randomUUID() };
  return { body: await makeDistinct(folder, body) };
}
