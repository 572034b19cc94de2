import { isMap, isNode, LineCounter, type Node, parseDocument } from "yaml";
import { ConfigurationError } from "../configuration-error.ts";
import { describeIssue } from "./describe-issue.ts";
import { findContradictions } from "./find-contradictions.ts";
import { type Organization, organizationFile, type Path } from "./organization.ts";

/** A position in the file, both numbers from 1. */
export interface Position {
  line: number;
  column: number;
}

export interface OrganizationFile {
  organization: Organization;
  /** Position of a value; of the nearest one that contains it if the file leaves it out. */
  locate(path: Path): Position;
}

/**
 * Parses and checks a `ci-tooling.yaml`.
 *
 * @param file its name in error messages
 * @throws {ConfigurationError} with one line for each problem, `file:line:column: what is wrong, and what to write instead`
 */
export function parseOrganizationFile(text: string, file: string): OrganizationFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const refuse = (problems: { position: Position; message: string }[]): never => {
    const sorted = problems.sort(
      (a, b) => a.position.line - b.position.line || a.position.column - b.position.column,
    );
    throw new ConfigurationError(
      sorted
        .map(({ position, message }) => `${file}:${position.line}:${position.column}: ${message}`)
        .join("\n"),
    );
  };
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  if (document.errors.length > 0)
    refuse(document.errors.map(({ pos, message }) => ({ position: at(pos[0]), message })));

  const locate = (path: Path) => at(offsetOf(document.contents, path));
  const values: unknown = document.toJS();
  const parsed = organizationFile.safeParse(values);
  const problems = parsed.success
    ? findContradictions(parsed.data, (path) => locate(path).line)
    : parsed.error.issues.flatMap((issue) => describeIssue(issue, values));
  if (!parsed.success || problems.length > 0)
    return refuse(problems.map(({ path, message }) => ({ position: locate(path), message })));
  return { organization: parsed.data, locate };
}

/** Offset of the value at a path, of its key if a map has it, or of the nearest value around it. */
function offsetOf(root: unknown, path: Path): number {
  let offset = 0;
  let node: unknown = root;
  if (isNode(node)) offset = node.range?.[0] ?? 0;
  for (const key of path) {
    const next = child(node, key);
    if (!next) break;
    offset = next.offset;
    node = next.value;
  }
  return offset;
}

function child(node: unknown, key: string | number): { offset: number; value: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => String(item.key) === String(key));
    if (!pair) return undefined;
    return { offset: start(pair.key) ?? start(pair.value) ?? 0, value: pair.value };
  }
  const items = (node as { items?: unknown[] } | null)?.items;
  const value = items?.[Number(key)];
  return value === undefined ? undefined : { offset: start(value) ?? 0, value };
}

function start(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}
