import type { BigQuery, Table, TableMetadata, TableSchema } from "@google-cloud/bigquery";
import { z } from "zod";
import { readTables, readViews, type TableDefinition, type ViewDefinition } from "./definitions.ts";
import { inDependencyOrder } from "./view-layers.ts";

/**
 * Makes the datasets, tables and views that `dir` describes, or brings those that exist up to date: columns that are missing
 * are added, views are replaced. Running it again changes nothing.
 * @throws {AggregateError} with one error for each view that cannot be made
 */
export async function createTables(bigquery: BigQuery, dir: string): Promise<void> {
  const [tables, views] = await Promise.all([readTables(dir), readViews(dir)]);
  for (const dataset of new Set([...tables, ...views].map((item) => item.dataset))) {
    const [exists] = await bigquery.dataset(dataset).exists();
    if (!exists) await bigquery.createDataset(dataset);
  }
  for (const table of tables) await createTable(bigquery, table);
  await createViews(bigquery, views);
}

async function createTable(bigquery: BigQuery, definition: TableDefinition): Promise<void> {
  const { dataset, table, schema, ...rest } = definition;
  const reference = bigquery.dataset(dataset).table(table);
  const metadata = await metadataOf(reference);
  if (!metadata) {
    await bigquery.dataset(dataset).createTable(table, { ...rest, schema } as TableMetadata);
    return;
  }
  const existing = z.object({ fields: z.array(z.looseObject({ name: z.string() })) }).parse(metadata.schema);
  const known = new Set(existing.fields.map(({ name }) => name.toLowerCase()));
  // A column that the table has and the file no longer has stays: BigQuery does not take columns away.
  const missing = schema.fields.filter(({ name }) => !known.has(name.toLowerCase()));
  if (missing.length > 0) {
    const added = missing.map((field) =>
      field.mode === "REQUIRED" ? { ...field, mode: "NULLABLE" } : field,
    );
    const widened = { fields: [...existing.fields, ...added] } as TableSchema;
    await reference.setMetadata({ schema: widened as TableMetadata["schema"] & TableSchema });
  }
}

/**
 * Views may read one another: those that are read come first. One that is as described is left alone, unless one before it was
 * not: it may read that one, and have other columns now.
 */
async function createViews(bigquery: BigQuery, views: ViewDefinition[]): Promise<void> {
  const failures: { name: string; error: Error }[] = [];
  let changed = false;
  for (const view of inDependencyOrder(views)) {
    try {
      const existing = await metadataOf(bigquery.dataset(view.dataset).table(view.view));
      changed ||= !isAsDescribed(existing, view);
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

/** @returns undefined when there is no such table or view */
async function metadataOf(reference: Table): Promise<TableMetadata | undefined> {
  try {
    const [metadata] = await reference.getMetadata();
    return metadata;
  } catch (error) {
    if ((error as { code?: number }).code === 404) return undefined;
    throw error;
  }
}

function isAsDescribed(existing: TableMetadata | undefined, { description, query }: ViewDefinition): boolean {
  const view = existing?.view as { query?: string } | undefined;
  return view?.query === query && (existing?.description ?? "") === description;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
