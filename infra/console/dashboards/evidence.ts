import type { LookerView } from "../../looker/read-project.ts";
import type { Conditions } from "./conditions.ts";
import { buildFieldSql, resolveReferences } from "./field-sql.ts";

/** What a measure is computed from: columns of the query's rows. */
export interface Evidence {
  /** The measure. */
  of: string;
  /** The two sides of a quotient. */
  numerator?: string;
  denominator?: string;
  /** How many values a percentile is of. */
  count?: string;
}

/** Evidence with the columns of a query that hold it. */
interface EvidenceColumns {
  evidence: Evidence;
  parts: { name: string; sql: string }[];
}

/**
 * Finds what measures are computed from: both sides of a quotient, which is written `SAFE_DIVIDE(a, b)`, and the number of values of a
 * percentile, whose measure is `<name>_n` beside `<name>_p50`.
 */
export function buildEvidence(view: LookerView, names: string[], conditions: Conditions): EvidenceColumns[] {
  return names.flatMap((name): EvidenceColumns[] => {
    const [, numerator, denominator] =
      /^SAFE_DIVIDE\((.+), (.+)\)$/s.exec(view.measure[name]?.sql ?? "") ?? [];
    if (numerator && denominator) {
      const parts = [
        { name: `${name}__numerator`, sql: resolveReferences(view, numerator, conditions) },
        { name: `${name}__denominator`, sql: resolveReferences(view, denominator, conditions) },
      ];
      return [
        {
          evidence: { of: name, numerator: `${name}__numerator`, denominator: `${name}__denominator` },
          parts,
        },
      ];
    }
    const count = name.replace(/_p\d+$/, "_n");
    if (count === name || !view.measure[count]) return [];
    const { sql } = buildFieldSql(view, count, conditions);
    return [{ evidence: { of: name, count: `${name}__count` }, parts: [{ name: `${name}__count`, sql }] }];
  });
}

/** Says what a value is computed from: `3 of 58`, `34 values`; undefined for a value that is no quotient or percentile. */
export function describeEvidence(
  evidence: Evidence[],
  name: string,
  row: Record<string, unknown>,
): string | undefined {
  const found = evidence.find(({ of }) => of === name);
  if (found?.numerator && found.denominator)
    return `${round(row[found.numerator])} of ${round(row[found.denominator])}`;
  if (!found?.count) return undefined;
  const count = row[found.count];
  return `${round(count)} ${count === 1 ? "value" : "values"}`;
}

function round(value: unknown): string {
  return typeof value === "number"
    ? new Intl.NumberFormat("en", { maximumFractionDigits: 1 }).format(value)
    : "–";
}
