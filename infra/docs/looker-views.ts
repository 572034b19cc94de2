import { readFile } from "node:fs/promises";
import { bigqueryDir, readViews } from "../bigquery/definitions.ts";
import { documentedColumns } from "../bigquery/documented-columns.ts";
import { startFrozenWarehouse } from "../bigquery/testing/frozen-warehouse.ts";

interface Column {
  name: string;
  /** BigQuery's type, as the REST API names it. */
  type: string;
}

/** LookML's types by BigQuery's, https://cloud.google.com/looker/docs/reference/param-dimension-filter-parameter-types */
const dimensionTypes: Readonly<Record<string, string>> = {
  STRING: "string",
  INTEGER: "number",
  FLOAT: "number",
  BOOLEAN: "yesno",
};

/** Names of dimension groups whose columns have a timeframe's name: a timeframe `time_time` would say nothing. */
const groupNames: Readonly<Record<string, string>> = { time: "happened", minute: "accepted" };

/**
 * LookML views with a dimension for every column, by path from the repository's root. Types are those of the views in the local
 * warehouse, descriptions those of docs/metrics.md. Measures and formats are refinements in infra/looker/measures.
 */
export async function lookerViewFiles(): Promise<Record<string, string>> {
  const markdown = await readFile(new URL("../../docs/metrics.md", import.meta.url), "utf8");
  const documented = documentedColumns(markdown);
  const views = (await readViews(bigqueryDir)).filter(({ view }) => !view.endsWith("_deduplicated"));
  // Types do not depend on the moment.
  const warehouse = await startFrozenWarehouse("2025-01-01T00:00:00Z");
  try {
    const files = views.map(async ({ dataset, view }) => {
      const [{ schema }] = await warehouse.bigquery.dataset(dataset).table(view).getMetadata();
      const descriptions = documented.get(`${dataset}.${view}`) ?? new Map<string, string>();
      return [`infra/looker/views/${view}.view.lkml`, lookmlView(dataset, view, schema.fields, descriptions)];
    });
    return Object.fromEntries(await Promise.all(files));
  } finally {
    await warehouse.stop();
  }
}

function lookmlView(
  dataset: string,
  view: string,
  columns: Column[],
  descriptions: Map<string, string>,
): string {
  const fields = columns.map((column) => field(column, toPlainText(descriptions.get(column.name) ?? "")));
  return `# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/${view}.lkml.
view: ${view} {
  sql_table_name: ${dataset}.${view} ;;

${fields.join("\n\n")}
}
`;
}

function field({ name, type }: Column, description: string): string {
  const common = `    description: "${description}"
    sql: \${TABLE}.${name} ;;
  }`;
  switch (type) {
    case "DATE":
      // A date has no time zone: a conversion would move it to another day.
      return `  dimension_group: ${name} {
    type: time
    timeframes: [raw, date, week, month]
    datatype: date
    convert_tz: no
${common}`;
    case "TIMESTAMP":
      return `  dimension_group: ${groupNames[name] ?? name.replace(/_at$/, "")} {
    type: time
    timeframes: [raw, time, hour, date, week, month]
${common}`;
    default:
      return `  dimension: ${name} {
    type: ${dimensionType(name, type)}
${common}`;
  }
}

/** @throws {Error} for a type that no view has had so far */
function dimensionType(name: string, type: string): string {
  const found = dimensionTypes[type];
  if (!found) throw new Error(`${name}: LookML has no dimension type for ${type}`);
  return found;
}

/** Markdown without code marks and links, and with quotes that a LookML string may contain. */
function toPlainText(markdown: string): string {
  return markdown
    .replaceAll("`", "")
    .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replaceAll('"', "'");
}
