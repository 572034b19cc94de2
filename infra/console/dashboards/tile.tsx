import { DataTable } from "../../../shared/console/data-table.tsx";
import { formatDuration } from "../../../shared/format-duration.ts";
import type { QueryResult } from "../query/run-query.ts";
import { addPeriodBefore } from "./add-period-before.ts";
import type { ElementColumn, LookerElement } from "./build-query.ts";
import { describeSource } from "./describe-source.ts";
import { describeEvidence, type Evidence } from "./evidence.ts";
import { formatValue } from "./format-value.ts";
import type { Annotation } from "./read-annotations.ts";
import { labelColumn, type TileData, toTileData } from "./tile-data.ts";

/** An element of a dashboard with the result of its query. */
export interface TileResult {
  element: LookerElement;
  columns: ElementColumn[];
  rows: QueryResult["rows"];
  evidence: Evidence[];
  /** A single number in the period before, and the days of both periods. */
  before?: { value: number; days: number };
  /** The rows of a chart in the period before, and the days of both periods. */
  rowsBefore?: { rows: QueryResult["rows"]; days: number };
  /** Why the query failed. */
  error?: string;
}

interface TileProps extends TileResult {
  csvUrl: string;
  /** Page of the rows behind a value, with the dashboard's filters. */
  rowsUrl: string;
  annotations: Annotation[];
}

/** A tile shows a number, a chart with a table below it, or a table. */
export function Tile(props: TileProps) {
  const { element, csvUrl, error } = props;
  const { note_text, width, height, name, type } = element;
  // A single duration has units of its own.
  const title = type === "single_value" ? element.title.replace(/ \(seconds\)$/, "") : element.title;
  const isChart = !["single_value", "looker_grid"].includes(type) && props.rows.length > 0;
  return (
    <section
      className={`tile width-${width}`}
      aria-labelledby={`tile-${name}`}
      style={{ minHeight: `${height * 2.6}rem` }}
    >
      <header>
        <h2 id={`tile-${name}`}>{title}</h2>
        <span className="exports">
          {isChart && (
            <button type="button" className="link" data-png={name} aria-label={`${title} as PNG`}>
              PNG
            </button>
          )}
          <a href={csvUrl} aria-label={`${title} as CSV`}>
            CSV
          </a>
        </span>
      </header>
      {error === undefined ? <TileBody {...props} /> : <p className="error">{error}</p>}
      {note_text && <p className="note">{note_text}</p>}
    </section>
  );
}

function TileBody(props: TileProps) {
  const { element, columns, rows, rowsBefore, evidence, rowsUrl, annotations } = props;
  const { type, title, name } = element;
  if (type === "single_value") return <SingleValue {...props} />;
  if (rows.length === 0) return <EmptyTile {...props} />;
  if (type === "looker_grid") return <ResultTable {...props} />;
  const kind = type.replace("looker_", "");
  const isWeekly = Object.values(element.filters).includes("week");
  const ofPeriod = toTileData(columns, rows, { isWeekly, evidence });
  const data = rowsBefore
    ? addPeriodBefore(ofPeriod, toTileData(columns, rowsBefore.rows, { isWeekly }), rowsBefore.days)
    : ofPeriod;
  const chart = {
    kind,
    stacked: element.stacking === "normal",
    unit: unitOf(title, ofPeriod),
    rowsUrl,
    ...data,
    annotations: data.timeframe ? annotations : [],
  };
  return (
    <>
      <div
        className="chart"
        role="img"
        id={`chart-${name}`}
        aria-label={`${title}: ${kind} chart; the table below has its values`}
        data-chart={JSON.stringify(chart)}
      />
      <details>
        <summary>Table</summary>
        <ResultTable {...props} />
      </details>
    </>
  );
}

function EmptyTile({ element }: TileProps) {
  return (
    <p className="note nothing">
      No data in this period. It needs {describeSource(element.explore)}.{" "}
      <a href="/connect">Connect a source</a>
    </p>
  );
}

/** The unit that a title names in parentheses, or what a single series counts. */
function unitOf(title: string, { series }: TileData): string {
  const [, named] = /\(([^()]+)\)$/.exec(title) ?? [];
  if (named) return named;
  if (series[0]?.format === "percent_1") return "share";
  const measures = new Set(series.map(({ measure }) => measure));
  return measures.size === 1 && series.length === 1 ? (series[0]?.name.toLowerCase() ?? "") : "number";
}

function SingleValue(props: TileProps) {
  const { element, columns, rows, evidence, before, rowsUrl } = props;
  const [column, compared] = columns;
  const value = column && rows[0]?.[column.name];
  const isDuration = typeof value === "number" && element.title.endsWith("(seconds)");
  const format = (number: unknown) =>
    isDuration && typeof number === "number" ? formatDuration(number) : formatValue(number, column?.format);
  const from = column && rows[0] && describeEvidence(evidence, column.name, rows[0]);
  const measure = column?.isMeasure ? column.name : undefined;
  if (value === null || value === undefined)
    return (
      <>
        <p className="single">–</p>
        <EmptyTile {...props} />
      </>
    );
  return (
    <>
      <p className="single">
        <a
          href={`${rowsUrl}${measure ? `&measure=${measure}` : ""}`}
          title={from ? `${from}; show the rows` : "Show the rows"}
        >
          {format(value)}
        </a>
      </p>
      <p className="note">
        {compared && element.show_comparison
          ? `${describeComparison(from, formatValue(rows[0]?.[compared.name], compared.format))} ${element.comparison_label}. `
          : from && `${from}. `}
        {before && typeof value === "number" && (
          <>
            {format(before.value)} in the {before.days} {before.days === 1 ? "day" : "days"} before
            {describeChange(value, before.value)}
          </>
        )}
      </p>
    </>
  );
}

/** `1 of 3` if the compared number is the denominator or the number of values, else the compared number. */
function describeComparison(from: string | undefined, compared: string): string {
  return from?.endsWith(` of ${compared}`) ? from : compared;
}

function describeChange(now: number, before: number): string {
  if (before === 0 || now === before) return "";
  const share = Math.abs(now - before) / Math.abs(before);
  const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 }).format(share);
  return ` (${now > before ? "▲" : "▼"} ${percent})`;
}

function ResultTable({ element, columns, rows, rowsUrl }: TileProps) {
  const labels = columns.map((column) => labelColumn(column, columns));
  const shown = rows.map((row) =>
    Object.fromEntries(
      columns.map(({ name, format }, index) => [labels[index], formatCell(row[name], format)]),
    ),
  );
  const links = rows.map((row) => {
    const at = Object.fromEntries(
      columns.flatMap(({ name, isMeasure }) => (isMeasure ? [] : [[name, row[name] ?? null]])),
    );
    return Object.fromEntries(
      columns.flatMap(({ name, isMeasure }, index) =>
        isMeasure
          ? [[labels[index], `${rowsUrl}&measure=${name}&at=${encodeURIComponent(JSON.stringify(at))}`]]
          : [],
      ),
    );
  });
  return <DataTable label={`${element.title}, table`} columns={labels} rows={shown} links={links} />;
}

/** A number without a format stays a number, which DataTable aligns right. */
function formatCell(value: unknown, format?: string): unknown {
  return typeof value === "number" && !format ? value : value === null ? null : formatValue(value, format);
}
