import type { z } from "zod";
import { organizationFile, type Path } from "./organization.ts";

/** What is wrong with a value, and where. */
export interface Problem {
  path: Path;
  message: string;
}

/**
 * Says what is wrong with a file, and what to write instead. An unknown key is reported at the key. Pure.
 *
 * @param issue of `organizationFile`
 * @param values of the whole file
 */
export function describeIssue(issue: z.core.$ZodIssue, values: unknown): Problem[] {
  const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
  const name = formatPath(path);
  if (issue.code === "unrecognized_keys") {
    const allowed = Object.keys(shapeAt(path));
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `${formatPath([...path, key])} is not a known key: ${suggest(key, allowed)}`,
    }));
  }
  const value = valueAt(values, path);
  if (path.length === 0) return [{ path, message: "the file must hold keys and values, organization first" }];
  if (value === undefined || value === null)
    return [{ path, message: `${name} is missing: write ${example(path)}` }];
  const isUnquoted =
    issue.code === "invalid_type" && issue.expected === "string" && typeof value !== "object";
  if (isUnquoted) return [{ path, message: `${name} must be text: write "${String(value)}" in quotes` }];
  // zod's own messages, such as "Invalid input: expected array, received string", do not continue a sentence.
  return [{ path, message: `${name}${issue.message.startsWith("must ") ? " " : ": "}${issue.message}` }];
}

/** `services[0].channel` */
export function formatPath(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? key : `${text}.${key}`),
    "",
  );
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | null | undefined)?.[key],
    root,
  );
}

/** The parts of a schema that are read here. zod types each kind of schema differently. */
interface Schema {
  def?: { innerType?: Schema };
  shape?: Record<string, Schema>;
  element?: Schema;
  options?: Schema[];
  meta?: () => { examples?: unknown[] } | undefined;
}

/** The schema under a path, without the wrappers of optional values and defaults, which have no keys. */
function schemaAt(path: Path): Schema | undefined {
  return path.reduce<Schema | undefined>(
    (schema, key) => {
      const next = typeof key === "number" ? schema?.element : keysOf(schema)[key];
      return next && unwrap(next);
    },
    organizationFile as unknown as Schema,
  );
}

function unwrap(schema: Schema): Schema {
  return schema.def?.innerType && !schema.meta?.()?.examples ? unwrap(schema.def.innerType) : schema;
}

/** The keys of an object, and of all members of a union of objects. */
function keysOf(schema: Schema | undefined): Record<string, Schema> {
  return schema?.shape ?? Object.assign({}, ...(schema?.options ?? []).map((option) => option.shape));
}

function shapeAt(path: Path): Record<string, Schema> {
  return keysOf(schemaAt(path));
}

function suggest(key: string, allowed: string[]): string {
  const near = allowed.find((name) => distance(name.toLowerCase(), key.toLowerCase()) <= 2);
  return near ? `write ${near}` : `remove it, or write one of ${allowed.join(", ")}`;
}

/** Edit distance of Levenshtein. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

function example(path: Path): string {
  const value = schemaAt(path)?.meta?.()?.examples?.[0];
  return `${path.at(-1)}: ${value === undefined ? "…" : JSON.stringify(value)}`;
}
