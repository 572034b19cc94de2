import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** Describes zod's issues on one line, `field must be …; …`, for log lines and HTTP responses. It names fields and never quotes their values. */
export function formatIssues({ issues }: z.ZodError, limit = issues.length): string {
  return issues.slice(0, limit).map(describeIssue).join("; ");
}

function describeIssue(issue: Issue): string {
  // A schema's own message is better than one from the type.
  if (!/^Invalid (input|option)/.test(issue.message)) return withPath(issue);
  const path = issue.path.join(".") || "The value";
  if (isMissing(issue)) return `${path} is missing`;
  const expected = [...new Set(listExpected(issue))];
  if (expected.length > 0) return `${path} must be ${expected.join(" or ")}`;
  return withPath(issue);
}

function withPath({ path, message }: Issue): string {
  return path.length > 0 ? `${path.join(".")}: ${message}` : message;
}

/** zod leaves the value out of an issue: only the message says that there was none. */
function isMissing(issue: Issue): boolean {
  if (issue.code === "invalid_union")
    return (
      issue.errors.length > 0 && issue.errors.every(([first]) => first !== undefined && isMissing(first))
    );
  return issue.code === "invalid_type" && issue.message.endsWith("received undefined");
}

const names: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "an array",
  null: "null",
};

/** What would be valid: empty for an issue whose own message says it. */
function listExpected(issue: Issue): string[] {
  if (issue.code === "invalid_type") return [names[issue.expected] ?? issue.expected];
  if (issue.code === "invalid_value")
    return issue.values.map((value) => JSON.stringify(value) ?? String(value));
  if (issue.code !== "invalid_union") return [];
  // A branch with an issue inside of the value, or with one that is no wrong type, has no short name.
  const branches = issue.errors.map(([first]) => (first?.path.length === 0 ? listExpected(first) : []));
  return branches.every((branch) => branch.length > 0) ? branches.flat() : [];
}
