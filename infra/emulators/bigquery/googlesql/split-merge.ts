import { isNode, parseExpression, type SqlNode } from "./syntax-tree.ts";

/** Prefix of the names that stand for a part of a MERGE. */
const PART = "gsql_part_";

/** A MERGE whose parts are replaced by names, because polyglot translates nothing inside of a MERGE. */
export interface SplitMerge {
  /** `{ merge: … }` with names in the place of `source` and `expressions`. */
  skeleton: SqlNode;
  /** The query after USING; undefined for a table. */
  source: unknown;
  /** ON, the conditions of WHEN, and values that are not simple columns. */
  expressions: unknown[];
}

/** Takes the source and all expressions out of the syntax tree of a MERGE. */
export function splitMerge(merge: SqlNode): SplitMerge {
  const expressions: unknown[] = [];
  const replace = (node: unknown): unknown => {
    if (!isNode(node) || isNode(node.column) || isNode(node.literal)) return node;
    expressions.push(node);
    return parseExpression(`${PART}${expressions.length - 1}`);
  };
  const using = isNode(merge.using) && isNode(merge.using.subquery) ? merge.using.subquery : undefined;
  const skeleton = {
    merge: {
      ...merge,
      ...(using && { using: { subquery: { ...using, this: { select: sourceName() } } } }),
      on: replace(merge.on),
      whens: replaceWhens(merge.whens, replace),
    },
  };
  return { skeleton, source: using?.this, expressions };
}

function sourceName(): unknown {
  const subquery = parseExpression(`(SELECT ${PART}source)`);
  const select = isNode(subquery) && isNode(subquery.subquery) ? subquery.subquery.this : undefined;
  return isNode(select) ? select.select : undefined;
}

type Replace = (node: unknown) => unknown;

function replaceWhens(whens: unknown, replace: Replace): unknown {
  if (!isNode(whens) || !isNode(whens.whens) || !Array.isArray(whens.whens.expressions)) return whens;
  const expressions = whens.whens.expressions.map((item: unknown) => {
    if (!isNode(item) || !isNode(item.when)) return item;
    const parts = Object.entries(item.when).map(([name, part]) => {
      if (name === "condition") return [name, replace(part)];
      return [name, name === "then" ? replaceAction(part, replace) : part];
    });
    return { when: Object.fromEntries(parts) };
  });
  return { whens: { ...whens.whens, expressions } };
}

/** `UPDATE` with a list of assignments, or `INSERT` with columns and values. */
function replaceAction(action: unknown, replace: Replace): unknown {
  const list = listOf(action);
  if (!list) return action;
  const [kind, ...lists] = list;
  const replaced = lists.map((item, index) => {
    const items = listOf(item);
    // The first list of an INSERT has its columns.
    if (!items || (lists.length > 1 && index === 0)) return item;
    return toTuple(
      item,
      items.map((value) => replaceValue(value, replace)),
    );
  });
  return toTuple(action, [kind, ...replaced]);
}

function replaceValue(value: unknown, replace: Replace): unknown {
  if (!isNode(value) || !isNode(value.eq)) return replace(value);
  return { eq: { ...value.eq, right: replace(value.eq.right) } };
}

function listOf(node: unknown): unknown[] | undefined {
  const tuple = isNode(node) && isNode(node.tuple) ? node.tuple : undefined;
  return Array.isArray(tuple?.expressions) ? tuple.expressions : undefined;
}

function toTuple(node: unknown, expressions: unknown[]): SqlNode {
  return { tuple: { ...(isNode(node) && isNode(node.tuple) ? node.tuple : {}), expressions } };
}

/** Selects the expressions, each under its name. */
export function selectParts(expressions: unknown[]): SqlNode {
  const names = expressions.map((_, index) => `_${index} AS ${PART}${index}`).join(", ");
  const subquery = parseExpression(`(SELECT ${names})`, ...expressions);
  return (isNode(subquery) && isNode(subquery.subquery) ? subquery.subquery.this : {}) as SqlNode;
}

/**
 * Puts translated parts into a translated skeleton.
 * @param source translation of the source
 * @param parts translation of `selectParts`
 */
export function joinMerge(skeleton: string, source: string | undefined, parts: string | undefined): string {
  const texts = (parts ?? "").replace(/^SELECT /, "").split(new RegExp(` AS ${PART}\\d+(?:, )?`));
  const filled = skeleton
    .replaceAll(new RegExp(`\\b${PART}(\\d+)\\b`, "g"), (_, index: string) => `(${texts[Number(index)]})`)
    // DuckDB's form of INSERT ROW.
    .replace(/\bINSERT ROW\b/g, "INSERT BY NAME *");
  return source === undefined ? filled : filled.replace(`SELECT ${PART}source`, () => source);
}

/**
 * Query for rows of the target that several rows of the source would change, from a translated skeleton.
 * @returns undefined if the MERGE changes no row that it finds
 */
export function selectAmbiguous(skeleton: string): string | undefined {
  const [, target = "", source = "", on = "", whens = ""] =
    /^MERGE INTO (.+?) USING (.+) ON (\S+) (WHEN .+)$/s.exec(skeleton) ?? [];
  const matched = [...whens.matchAll(/WHEN MATCHED(?: AND (\S+))? THEN/g)];
  if (matched.length === 0) return undefined;
  const conditions = matched.map(([, condition = "TRUE"]) => condition).join(" OR ");
  const alias = / AS (\S+)$/.exec(target)?.[1] ?? target.split(".").at(-1);
  return `SELECT 1 FROM ${target} JOIN ${source} ON ${on} WHERE ${conditions} GROUP BY ${alias}.rowid HAVING COUNT(*) > 1 LIMIT 1`;
}
