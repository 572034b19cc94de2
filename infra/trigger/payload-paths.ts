/** Thrown for a change that a payload does not allow. The message names the path. */
export class PayloadPathError extends Error {
  override name = "PayloadPathError";
}

/** `check_run.output.title` or `commits.0.id`: names and indexes, separated by dots. */
export type PayloadPath = string;

/** A value to put at a path. */
export interface PayloadChange {
  path: PayloadPath;
  /** As typed: JSON, or text. */
  value: string;
}

/**
 * Parses `path=value`.
 *
 * @throws {PayloadPathError} if it is no assignment
 */
export function parseAssignment(text: string): PayloadChange {
  const at = text.indexOf("=");
  if (at < 1) throw new PayloadPathError(`${text} is not path=value, e.g. check_run.conclusion=failure`);
  return { path: text.slice(0, at).trim(), value: text.slice(at + 1).trim() };
}

/** @returns undefined if the payload has nothing there */
export function readPath(payload: unknown, path: PayloadPath): unknown {
  let value = payload;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/**
 * Returns a copy of the payload with another value at a path. Text stays text: `12` at the place of `"7"` is `"12"`.
 *
 * @param options.add whether the payload may lack the last name of the path; by default a name that it lacks is a mistake
 * @throws {PayloadPathError} if the payload has no such path, naming what it has there
 */
export function changePath(
  payload: unknown,
  { path, value }: PayloadChange,
  { add = false }: { add?: boolean } = {},
): unknown {
  const copy: unknown = structuredClone(payload);
  const names = path.split(".");
  const last = names.pop() ?? "";
  const parentPath = names.join(".");
  const parent = names.length === 0 ? copy : readPath(copy, parentPath);
  if (typeof parent !== "object" || parent === null)
    throw new PayloadPathError(`The payload has no ${parentPath}, so ${path} cannot be set`);
  const isThere = Object.hasOwn(parent, last);
  if (!isThere && !add) {
    const there = Object.keys(parent).join(", ");
    throw new PayloadPathError(`The payload has no ${path}; ${parentPath || "it"} has ${there}`);
  }
  const before = (parent as Record<string, unknown>)[last];
  Object.defineProperty(parent, last, {
    value: typeof before === "string" ? value : parseValue(value),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return copy;
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Returns a copy of the payload with every text and number replaced. @param name of the value, or of the list that holds it */
export function mapTexts(
  value: unknown,
  change: (text: string, name: string) => string,
  changeNumber: (number: number, name: string) => number = (number) => number,
  name = "",
): unknown {
  if (typeof value === "string") return change(value, name);
  if (typeof value === "number") return changeNumber(value, name);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change, changeNumber, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapTexts(item, change, changeNumber, key)]),
  );
}
