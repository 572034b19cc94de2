import type { BigQuery, Table, TableMetadata, TableSchema } from "@google-cloud/bigquery";
import { z } from "zod";
import {
  readTables,
  readUpgrades,
  readViews,
  type TableDefinition,
  type UpgradeDefinition,
  type ViewDefinition,
} from "./definitions.ts";
import { inDependencyOrder } from "./view-layers.ts";

const DAY_MS = 24 * 60 * 60_000;

/**
 * Creates the datasets, tables and views that `dir` defines, and updates existing ones: it adds missing columns, changes the expiration of
 * partitions, replaces views, and replaces a table by a view if `upgrades` has a statement that copies its rows.
 * A second run changes nothing.
 *
 * @param replacedViews queries by `<dataset>.<view>` that replace those of `dir`
 * @throws {AggregateError} with one error for each view that cannot be created
 */
export async function createTables(
  bigquery: BigQuery,
  dir: string,
  replacedViews: Record<string, string> = {},
): Promise<void> {
  const [tables, views] = await Promise.all([readTables(dir), readViews(dir, replacedViews)]);
  for (const dataset of new Set([...tables, ...views].map((item) => item.dataset))) {
    const [exists] = await bigquery.dataset(dataset).exists();
    if (!exists) await bigquery.createDataset(dataset);
  }
  await Promise.all(tables.map((table) => createTable(bigquery, table)));
  for (const upgrade of await readUpgrades(dir)) await replaceTable(bigquery, upgrade);
  await createViews(bigquery, views);
}

async function createTable(bigquery: BigQuery, definition: TableDefinition): Promise<void> {
  const { dataset, table, schema, expirationDays, timePartitioning, ...others } = definition;
  const partitioning = timePartitioning && {
    ...timePartitioning,
    ...(expirationDays !== undefined && { expirationMs: String(expirationDays * DAY_MS) }),
  };
  const rest = { ...others, ...(partitioning && { timePartitioning: partitioning }) };
  const reference = bigquery.dataset(dataset).table(table);
  const metadata = await readMetadata(reference);
  if (!metadata) {
    await bigquery.dataset(dataset).createTable(table, { ...rest, schema } as TableMetadata);
    return;
  }
  // Without a value in both, nothing changes.
  if (partitioning && metadata.timePartitioning?.expirationMs !== partitioning.expirationMs)
    await reference.setMetadata({ timePartitioning: partitioning } as TableMetadata);
  const existing = z.object({ fields: z.array(z.looseObject({ name: z.string() })) }).parse(metadata.schema);
  const present = new Set(existing.fields.map(({ name }) => name.toLowerCase()));
  // A column that only the table has stays: an update of the schema cannot drop columns.
  const missing = schema.fields.filter(({ name }) => !present.has(name.toLowerCase()));
  if (missing.length > 0) {
    const added = missing.map((field) =>
      field.mode === "REQUIRED" ? { ...field, mode: "NULLABLE" } : field,
    );
    const widened = { fields: [...existing.fields, ...added] } as TableSchema;
    await reference.setMetadata({ schema: widened as TableMetadata["schema"] & TableSchema });
  }
}

/** Copies the rows of a former table and deletes it. Copies that a run left behind that died in between are duplicates, as of any delivery. */
async function replaceTable(
  bigquery: BigQuery,
  { dataset, table, statement }: UpgradeDefinition,
): Promise<void> {
  const reference = bigquery.dataset(dataset).table(table);
  const metadata = await readMetadata(reference);
  if (metadata?.type !== "TABLE") return;
  await bigquery.query(statement);
  await reference.delete();
}

/**
 * Creates views in the order of their dependencies. An unchanged view is skipped, unless a view before it changed: it may read that
 * view, whose columns may differ now.
 */
async function createViews(bigquery: BigQuery, views: ViewDefinition[]): Promise<void> {
  const failures: { name: string; error: Error }[] = [];
  let changed = false;
  const ordered = inDependencyOrder(views).map((view) => {
    const reading = readMetadata(bigquery.dataset(view.dataset).table(view.view));
    // The loop below awaits it later.
    reading.catch(() => {});
    return { view, reading };
  });
  for (const { view, reading } of ordered) {
    try {
      const existing = await reading;
      changed ||= !isUnchanged(existing, view);
      if (changed) await createView(bigquery, view, existing !== undefined);
    } catch (error) {
      failures.push({ name: `${view.dataset}.${view.view}`, error: asError(error) });
    }
  }
  if (failures.length === 0) return;
  throw new AggregateError(
    failures.map(({ error }) => error),
    `cannot create ${failures.map(({ name, error }) => `${name}: ${error.message}`).join("; ")}`,
  );
}

async function createView(
  bigquery: BigQuery,
  { dataset, view, description, query }: ViewDefinition,
  exists: boolean,
): Promise<void> {
  const metadata = { description, view: { query, useLegacySql: false } };
  if (exists) await bigquery.dataset(dataset).table(view).setMetadata(metadata);
  else await bigquery.dataset(dataset).createTable(view, metadata);
}

/** @returns undefined if the table or view does not exist */
async function readMetadata(reference: Table): Promise<TableMetadata | undefined> {
  try {
    const [metadata] = await reference.getMetadata();
    return metadata;
  } catch (error) {
    if ((error as { code?: number }).code === 404) return undefined;
    throw error;
  }
}

function isUnchanged(existing: TableMetadata | undefined, { description, query }: ViewDefinition): boolean {
  const view = existing?.view as { query?: string } | undefined;
  return view?.query === query && (existing?.description ?? "") === description;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
