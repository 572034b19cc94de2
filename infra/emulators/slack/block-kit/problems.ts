import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/**
 * Validates a value and describes each problem as Slack's `response_metadata.messages` does, e.g.
 * `[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]`.
 *
 * @param pointer JSON pointer of the value in the method's arguments
 * @returns an empty list for a valid value
 */
export function findProblems(schema: z.ZodType, value: unknown, pointer: string): string[] {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? findHalfCharacters(value, pointer)
    : parsed.error.issues.map((issue) => describe(issue, value, pointer));
}

/**
 * Slack rejects blocks, attachments and views whose JSON contains half of a surrogate pair, which `JSON.stringify` escapes. It does not
 * document the line for it.
 */
function findHalfCharacters(value: unknown, pointer: string): string[] {
  if (typeof value === "string")
    return /\p{Surrogate}/u.test(value) ? [formatProblem("must be valid Unicode", pointer)] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => findHalfCharacters(inner, `${pointer}/${key}`));
}

/** One line of `response_metadata.messages`. */
export function formatProblem(message: string, pointer: string): string {
  return `[ERROR] ${message} [json-pointer:${pointer}]`;
}

function describe(issue: Issue, value: unknown, pointer: string): string {
  const pointerTo = (path: PropertyKey[]) => [pointer, ...path.map(String)].join("/");
  const given = valueAt(value, issue.path);
  const last = issue.path.at(-1);
  if (given === undefined && last !== undefined)
    return formatProblem(`missing required field: ${String(last)}`, pointerTo(issue.path.slice(0, -1)));
  switch (issue.code) {
    case "too_big":
      return formatProblem(describeTooBig(issue), pointerTo(issue.path));
    case "too_small":
      return formatProblem(describeTooSmall(issue), pointerTo(issue.path));
    case "unrecognized_keys":
      return formatProblem(`invalid additional property: ${issue.keys.join(", ")}`, pointerTo(issue.path));
    case "invalid_union":
      return formatProblem(`unsupported type: ${String(given)}`, pointerTo(issue.path));
    case "invalid_type":
      return formatProblem(`must provide ${article(issue.expected)}`, pointerTo(issue.path));
    case "invalid_value":
      return formatProblem(`must be one of: ${issue.values.map(String).join(", ")}`, pointerTo(issue.path));
    default:
      return formatProblem(issue.message, pointerTo(issue.path));
  }
}

function describeTooBig({ origin, maximum }: Extract<Issue, { code: "too_big" }>): string {
  if (origin === "string") return `must be less than ${Number(maximum) + 1} characters`;
  return origin === "array" ? `no more than ${maximum} items allowed` : `must be at most ${maximum}`;
}

function describeTooSmall({ origin, minimum }: Extract<Issue, { code: "too_small" }>): string {
  if (origin === "string") return `must be more than ${Number(minimum) - 1} characters`;
  return origin === "array" ? `no less than ${minimum} items allowed` : `must be at least ${minimum}`;
}

function article(kind: string): string {
  return `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`;
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}
