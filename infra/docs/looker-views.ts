import { readFile } from "node:fs/promises";
import { bigqueryDir, readViews } from "../bigquery/definitions.ts";
import { documentedColumns } from "../bigquery/documented-columns.ts";
import { startFrozenWarehouse } from "../bigquery/testing/frozen-warehouse.ts";
import { primaryKeys } from "./primary-keys.ts";

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

/** The constants of infra/looker/manifest.lkml that name a dataset. */
const datasetConstants: Readonly<Record<string, string>> = {
  product_eng: "METRICS_DATASET",
  open_source: "OPEN_SOURCE_DATASET",
};

/** Columns with a period's first or last day: the month of a week that began in February says nothing about March. */
const periodColumns = new Set(["period_start", "period_end"]);

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
  const names = new Set(columns.map(({ name }) => name));
  const fields = columns.map((column) =>
    field(column, toPlainText(descriptions.get(column.name) ?? ""), githubLink(view, column.name, names)),
  );
  const shown = columns.filter(({ name }) => !isAggregate(name)).map(fieldName);
  return `# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/${view}.lkml.
view: ${view} {
  sql_table_name: @{${datasetConstants[dataset] ?? ""}}.${view} ;;

${primaryKey(view)}

${fields.join("\n\n")}

  set: detail {
    fields: [${shown.join(", ")}]
  }
}
`;
}

/**
 * A join needs a key, and so does a measure over joined rows: https://cloud.google.com/looker/docs/reference/param-field-primary-key
 *
 * @throws {Error} for a view whose key is not named
 */
function primaryKey(view: string): string {
  const key = primaryKeys[view];
  if (!key) throw new Error(`Name the primary key of ${view} in infra/docs/primary-keys.ts`);
  const columns = key.map((column) => `\${TABLE}.${column}`);
  return `  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [${columns.map((column) => `CAST(${column} AS STRING)`).join(", ")}]) ;;
  }`;
}

function field({ name, type }: Column, description: string, link: string): string {
  const common = `    description: "${description}"`;
  if (type === "BOOLEAN" && description.includes("NULL")) return nullableBoolean(name, common);
  switch (type) {
    case "DATE":
      // A date has no time zone: a conversion would move it to another day.
      return `  dimension_group: ${name} {
    type: time
    timeframes: [${(periodColumns.has(name) ? ["raw", "date"] : ["raw", "date", "week", "month", "quarter"]).join(", ")}]
    datatype: date
    convert_tz: no
${common}
    sql: \${TABLE}.${name} ;;
  }`;
    case "TIMESTAMP":
      // The organization's time zone decides, as in the views, whatever the connection's settings are.
      return `  dimension_group: ${groupName(name)} {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
${common}
    sql: DATETIME(\${TABLE}.${name}, '@{TIME_ZONE}') ;;
  }`;
    default:
      return `  dimension: ${name} {
    type: ${dimensionType(name, type)}${isAggregate(name) ? '\n    group_label: "Of the row only: do not add or average"' : ""}
${common}
    sql: \${TABLE}.${name} ;;${link}
  }`;
  }
}

/** Looker shows a NULL of a yesno as No: https://cloud.google.com/looker/docs/reference/param-dimension-filter-parameter-types#yesno */
function nullableBoolean(name: string, common: string): string {
  return `  dimension: ${name} {
    type: string
${common}
    sql: IF(\${TABLE}.${name}, 'yes', IF(NOT \${TABLE}.${name}, 'no', NULL)) ;;
  }`;
}

/** A percentile or rate of a row's group: neither sums nor averages of it mean anything. */
function isAggregate(name: string): boolean {
  return /_(p50|p90|p95|max|rate|share)$/.test(name);
}

function groupName(name: string): string {
  return groupNames[name] ?? name.replace(/_at$/, "");
}

/** The field that shows a column: a point in time to the second. */
function fieldName({ name, type }: Column): string {
  if (type === "DATE") return `${name}_date`;
  return type === "TIMESTAMP" ? `${groupName(name)}_time` : name;
}

/** A link to GitHub's page of a pull request or commit, where the row has its repository. */
function githubLink(view: string, name: string, names: Set<string>): string {
  if (!names.has("repository")) return "";
  const isPull =
    name === "pull_request_number" || (name === "number" && /pull_request|first_commits/.test(view));
  const path = isPull ? "pull" : /(^|_)sha$/.test(name) ? "commit" : null;
  if (path === null) return "";
  return `
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/${path}/{{ value }}"
    }`;
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
