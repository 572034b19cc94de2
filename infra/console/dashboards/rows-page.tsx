import { DataTable } from "../../../shared/console/data-table.tsx";
import { Layout } from "../../../shared/console/layout.tsx";
import type { LookerDashboard } from "../../looker/read-project.ts";
import type { ElementColumn, LookerElement } from "./build-query.ts";
import { formatValue } from "./format-value.ts";
import { labelColumn, toLabel } from "./tile-data.ts";

interface RowsPageProps {
  dashboard: LookerDashboard;
  element: LookerElement;
  /** The dashboard with its filters. */
  dashboardUrl: string;
  at: Record<string, string | null>;
  columns: ElementColumn[];
  rows: Record<string, unknown>[];
}

/** The rows behind a value of a dashboard. */
export function RowsPage({ dashboard, element, dashboardUrl, at, columns, rows }: RowsPageProps) {
  const labels = columns.map((column) => labelColumn(column, columns));
  const shown = rows.map((row) =>
    Object.fromEntries(
      columns.map(({ name }, index) => [
        labels[index],
        typeof row[name] === "string" ? formatValue(row[name]) : row[name],
      ]),
    ),
  );
  const where = Object.entries(at).map(([name, value]) => `${toLabel(name)}: ${value ?? "none"}`);
  return (
    <Layout title={`Rows of ${element.title}`} section="Dashboards">
      <p>
        <a href={dashboardUrl}>{dashboard.title}</a>
      </p>
      <h1>{element.title}</h1>
      <p className="note">
        {[...where, `${rows.length} ${rows.length === 1 ? "row" : "rows"} of ${element.explore}`].join(" · ")}
      </p>
      {rows.length === 0 ? (
        <p className="note nothing">No rows.</p>
      ) : (
        <DataTable label={`Rows of ${element.title}`} columns={labels} rows={shown} />
      )}
    </Layout>
  );
}
