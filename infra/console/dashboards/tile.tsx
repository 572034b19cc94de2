import { DataTable } from "../data-table.tsx";
import type { QueryResult } from "../query/run-query.ts";
import type { ElementColumn, LookerElement } from "./build-query.ts";
import { formatDuration, formatValue } from "./format-value.ts";
import { labelColumn, toTileData } from "./tile-data.ts";

/** An element of a dashboard with the result of its query. */
export interface TileResult {
  element: LookerElement;
  columns: ElementColumn[];
  rows: QueryResult["rows"];
  /** Why the query failed. */
  error?: string;
}

interface TileProps extends TileResult {
  csvUrl: string;
}

/** A tile shows a number, a chart with a table below it, or a table. */
export function Tile(props: TileProps) {
  const { element, csvUrl, error } = props;
  const { note_text, width, height, name, type } = element;
  // A single duration has units of its own.
  const title = type === "single_value" ? element.title.replace(/ \(seconds\)$/, "") : element.title;
  return (
    <section
      className={`tile width-${width}`}
      aria-labelledby={`tile-${name}`}
      style={{ minHeight: `${height * 2.6}rem` }}
    >
      <header>
        <h2 id={`tile-${name}`}>{title}</h2>
        <a className="csv" href={csvUrl} aria-label={`${title} as CSV`}>
          CSV
        </a>
      </header>
      {error === undefined ? <TileBody {...props} /> : <p className="error">{error}</p>}
      {note_text && <p className="note">{note_text}</p>}
    </section>
  );
}

function TileBody(props: TileProps) {
  const { element, columns, rows } = props;
  const { type, title } = element;
  if (type === "single_value") return <SingleValue {...props} />;
  if (rows.length === 0) return <p className="note nothing">No data in this period.</p>;
  if (type === "looker_grid") return <ResultTable {...props} />;
  const kind = type.replace("looker_", "");
  const isWeekly = Object.values(element.filters).includes("week");
  const chart = { kind, stacked: element.stacking === "normal", ...toTileData(columns, rows, isWeekly) };
  return (
    <>
      <div
        className="chart"
        role="img"
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

function SingleValue({ element, columns, rows }: TileProps) {
  const [column, compared] = columns;
  const value = column && rows[0]?.[column.name];
  const isDuration = typeof value === "number" && element.title.endsWith("(seconds)");
  return (
    <>
      <p className="single">{isDuration ? formatDuration(value) : formatValue(value, column?.format)}</p>
      {compared && element.show_comparison && (
        <p className="note">
          {formatValue(rows[0]?.[compared.name], compared.format)} {element.comparison_label}
        </p>
      )}
    </>
  );
}

function ResultTable({ element, columns, rows }: TileProps) {
  const labels = columns.map((column) => labelColumn(column, columns));
  const shown = rows.map((row) =>
    Object.fromEntries(
      columns.map(({ name, format }, index) => [labels[index], formatCell(row[name], format)]),
    ),
  );
  return <DataTable label={`${element.title}, table`} columns={labels} rows={shown} />;
}

/** A number without a format stays a number, which DataTable aligns right. */
function formatCell(value: unknown, format?: string): unknown {
  return typeof value === "number" && !format ? value : value === null ? null : formatValue(value, format);
}
