import { getTableName, is, type SQL, sql } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { inTransaction, type Transaction } from "../../shared/database/database.ts";
import * as schema from "../../shared/database/schema.ts";
import type { RowCounts } from "./forget-in-warehouse.ts";
import type { Replacement } from "./identifiers.ts";

/** Tables whose rows about a person are deleted: they are of use for that person only. */
const DELETED = new Set(["users", "people", "slack_messages"]);

/**
 * Identifiers of a person that Postgres knows, if it knows one of the given ones.
 *
 * @param identifiers login, e-mail address or Slack user id
 * @returns these and the others
 */
export async function findIdentifiers(identifiers: string[]): Promise<string[]> {
  const given = sql.param(identifiers.map((identifier) => identifier.toLowerCase()));
  const { rows } = await inTransaction((tx) =>
    tx.execute<{ name: string | null }>(sql`
      WITH members AS (
        SELECT slack_user FROM ${schema.users}
        WHERE lower(email) = ANY(${given}::text[]) OR lower(slack_user) = ANY(${given}::text[])
          OR lower(github_user) = ANY(${given}::text[])
        UNION
        SELECT slack_user FROM ${schema.people}
        WHERE kind = 'login' AND (value = ANY(${given}::text[]) OR lower(slack_user) = ANY(${given}::text[]))
      )
      SELECT slack_user AS name FROM members
      UNION SELECT value FROM ${schema.people} WHERE kind = 'login' AND slack_user IN (SELECT slack_user FROM members)
      UNION SELECT unnest(ARRAY[email, github_user]) FROM ${schema.users}
        WHERE slack_user IN (SELECT slack_user FROM members) OR lower(email) = ANY(${given}::text[])
          OR lower(github_user) = ANY(${given}::text[])`),
  );
  return [...new Set([...identifiers, ...rows.flatMap(({ name }) => name ?? [])])];
}

/**
 * Deletes a person's rows in `users`, `people` and `slack_messages`, and replaces the identifiers in every text and JSON column of the
 * other tables, in one transaction. A second run changes nothing.
 *
 * @param dryRun counts the rows, and changes nothing
 */
export async function forgetInDatabase(
  replacement: Replacement,
  { dryRun }: { dryRun: boolean },
): Promise<RowCounts> {
  const counts: RowCounts = {};
  await inTransaction(async (tx) => {
    for (const table of Object.values(schema)) {
      if (!is(table, PgTable)) continue;
      const name = getTableName(table);
      const rows = await forgetInTable(tx, table, replacement, dryRun);
      if (rows > 0) counts[name] = rows;
    }
  });
  return counts;
}

async function forgetInTable(tx: Transaction, table: PgTable, replacement: Replacement, dryRun: boolean) {
  const columns = getTableConfig(table).columns.flatMap((column) => {
    const type = column.getSQLType();
    return type === "text" || type === "jsonb" ? [{ name: sql.identifier(column.name), type }] : [];
  });
  if (columns.length === 0) return 0;
  const pattern = toPostgres(replacement.pattern);
  const mentions = sql.join(
    columns.map(({ name }) => sql`coalesce(${name}::text ~* ${pattern}, false)`),
    sql` OR `,
  );
  if (dryRun) return tx.$count(table, mentions);
  const statement = DELETED.has(getTableName(table))
    ? sql`DELETE FROM ${table} WHERE ${mentions}`
    : sql`UPDATE ${table} SET ${sql.join(
        columns.map(({ name, type }) => sql`${name} = ${replaced(name, type, replacement)}`),
        sql`, `,
      )} WHERE ${mentions}`;
  return (await tx.execute(statement)).rowCount ?? 0;
}

/** Twice: two identifiers in a row share the character between them. */
function replaced(name: ReturnType<typeof sql.identifier>, type: string, replacement: Replacement): SQL {
  const once = (value: SQL) =>
    sql`regexp_replace(${value}, ${toPostgres(replacement.pattern)}, ${replacement.text}, 'gi')`;
  if (type !== "jsonb") return once(once(sql`${name}::text`));
  const numbered = replacement.numbers.reduce(
    (value, { pattern, text }) => sql`regexp_replace(${value}, ${toPostgres(pattern)}, ${text}, 'gi')`,
    sql`${name}::text`,
  );
  return sql`(${once(once(numbered))})::jsonb`;
}

/** Postgres takes the flag as an operator and an argument: https://www.postgresql.org/docs/current/functions-matching.html#POSIX-METASYNTAX */
function toPostgres(pattern: string): string {
  return pattern.replace("(?i)", "").replaceAll("\\b", "\\y");
}
