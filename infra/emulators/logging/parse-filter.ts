/** A log entry: https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry */
export interface LogEntry {
  insertId: string;
  logName: string;
  /** RFC 3339 */
  timestamp: string;
  severity: string;
  resource: { type: string; labels: Record<string, string> };
  jsonPayload: Record<string, unknown>;
}

export type Matches = (entry: LogEntry) => boolean;

/** The filter is not valid, or uses what this emulator does not know. */
export class FilterError extends Error {
  override name = "FilterError";
}

/** https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry#LogSeverity */
const SEVERITIES = [
  "DEFAULT",
  "DEBUG",
  "INFO",
  "NOTICE",
  "WARNING",
  "ERROR",
  "CRITICAL",
  "ALERT",
  "EMERGENCY",
];
const COMPARISON =
  /^\s*([a-zA-Z_][\w.]*)\s*(<=|>=|=|<|>|:)\s*(\*|"(?:[^"\\]|\\.)*"|\(\s*"(?:[^"\\]|\\.)*"(?:\s+OR\s+"(?:[^"\\]|\\.)*")*\s*\)|[\w-]+)\s*/;
const STRING = /"(?:[^"\\]|\\.)*"/g;

/**
 * Parses a filter: comparisons joined by AND. A value is text, a word, `*` for presence, or texts joined by OR in parentheses.
 * https://cloud.google.com/logging/docs/view/logging-query-language
 *
 * @throws {FilterError}
 */
export function parseFilter(filter: string): Matches {
  const conditions: Matches[] = [];
  let rest = filter;
  while (rest.trim() !== "") {
    const [all, path = "", operator = "", value = ""] = COMPARISON.exec(rest) ?? [];
    if (all === undefined) throw new FilterError(`Unparseable filter: syntax error at ${rest.slice(0, 40)}`);
    conditions.push(compare(path, operator, readValues(value)));
    rest = rest.slice(all.length);
    if (rest === "") break;
    const [and] = /^AND\s+(?=\S)/.exec(rest) ?? [];
    if (and === undefined) throw new FilterError(`Unparseable filter: expected AND at ${rest.slice(0, 40)}`);
    rest = rest.slice(and.length);
  }
  return (entry) => conditions.every((matches) => matches(entry));
}

function readValues(value: string): string[] {
  const texts = value.match(STRING);
  return texts ? texts.map((text) => JSON.parse(text) as string) : [value];
}

function compare(path: string, operator: string, values: string[]): Matches {
  if (values.length === 1 && values[0] === "*") {
    if (operator !== ":") throw new FilterError(`Unparseable filter: ${path}${operator}*`);
    return (entry) => readField(entry, path) !== undefined;
  }
  if (operator === ":")
    throw new FilterError(`This emulator knows the operator : with * only, not ${path}:${values}`);
  if (path === "severity" && values.some((value) => !SEVERITIES.includes(value)))
    throw new FilterError(`Unparseable filter: ${values} is no severity`);
  if (path === "timestamp" && values.some((value) => Number.isNaN(Date.parse(value))))
    throw new FilterError(`Unparseable filter: ${values} is no time`);
  const rank = (value: unknown): number | string => {
    if (path === "severity") return SEVERITIES.indexOf(String(value));
    // Comparisons of text ignore case.
    return path === "timestamp" ? Date.parse(String(value)) : String(value).toLowerCase();
  };
  return (entry) => {
    const field = readField(entry, path);
    return field !== undefined && values.some((value) => holds(rank(field), operator, rank(value)));
  };
}

function holds(field: number | string, operator: string, value: number | string): boolean {
  switch (operator) {
    case "=":
      return field === value;
    case "<":
      return field < value;
    case "<=":
      return field <= value;
    case ">":
      return field > value;
    default:
      return field >= value;
  }
}

/** @returns undefined for a field that is not there, and for objects */
function readField(entry: LogEntry, path: string): unknown {
  let value: unknown = entry;
  for (const name of path.split("."))
    value =
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return value ?? undefined;
}
