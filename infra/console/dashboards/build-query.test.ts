import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readLookerProject } from "../../looker/read-project.ts";
import { buildQuery, type LookerElement } from "./build-query.ts";

const project = await readLookerProject(fileURLToPath(new URL("../../looker/", import.meta.url)));
const values = {
  periodName: "Period",
  period: { from: "2026-11-01", to: "2026-11-24" },
  fields: { App: "getsentry' OR 1=1 --" },
};
const element = (more: Partial<LookerElement>): LookerElement => ({
  name: "e",
  title: "E",
  type: "looker_line",
  model: "ci_tooling",
  explore: "deploys",
  fields: ["deploys.count"],
  pivots: [],
  filters: {},
  sorts: [],
  limit: 500,
  listen: {},
  row: 0,
  col: 0,
  width: 12,
  height: 8,
  ...more,
});

describe("the query of a dashboard's element", () => {
  it("groups measures by dimensions, in the element's order", () => {
    const { sql, columns } = buildQuery(
      project,
      element({
        fields: ["deploys.queued_week", "deploys.finished_deploys", "deploys.run_minutes_n"],
        sorts: ["deploys.queued_week desc"],
      }),
      values,
    );
    expect(sql).toBe(
      [
        "SELECT DATE_TRUNC(DATE(DATETIME(rows_of_view.queued_at, 'UTC')), WEEK(MONDAY)) AS `queued_week`," +
          " COUNTIF(rows_of_view.status IN (@p0)) AS `finished_deploys`," +
          " COUNT((rows_of_view.run_seconds) / 60) AS `run_minutes_n`",
        "FROM `product_eng.deploys` AS rows_of_view",
        "GROUP BY 1",
        "ORDER BY `queued_week` DESC",
        "LIMIT 500",
      ].join("\n"),
    );
    expect(columns).toEqual([
      { name: "queued_week", isMeasure: false, isPivot: false, timeframe: "week" },
      { name: "finished_deploys", isMeasure: true, isPivot: false },
      { name: "run_minutes_n", isMeasure: true, isPivot: false, format: "decimal_0" },
    ]);
  });

  it("passes chosen values as parameters, never in the SQL", () => {
    const { sql, params } = buildQuery(
      project,
      element({
        filters: { "deploys.is_production": "yes" },
        listen: { Period: "deploys.queued_date", App: "deploys.app", Other: "deploys.ref" },
      }),
      values,
    );
    expect(sql).toContain(
      "WHERE (rows_of_view.is_production) AND DATE(DATETIME(rows_of_view.queued_at, 'UTC')) BETWEEN DATE(@p0) AND DATE(@p1)" +
        " AND CAST(rows_of_view.app AS STRING) = @p2",
    );
    expect(params).toEqual({ p0: "2026-11-01", p1: "2026-11-24", p2: "getsentry' OR 1=1 --" });
  });

  it("compares a period with dates, whatever timeframe listens to it", () => {
    const fields = ["events_by_minute.total_events"];
    const listen = { Period: "events_by_minute.accepted_time" };
    const { sql } = buildQuery(project, element({ explore: "events_by_minute", fields, listen }), values);
    expect(sql).toContain("WHERE DATE(DATETIME(rows_of_view.minute, 'UTC')) BETWEEN DATE(@p0) AND DATE(@p1)");
  });

  it("applies the explore's always_filter unless the element overrides it", () => {
    const fields = ["delivery_by_period.total_deployments"];
    const always = element({ explore: "delivery_by_period", fields });
    expect(buildQuery(project, always, values).params).toEqual({ p0: "week" });
    const own = { ...always, filters: { "delivery_by_period.period": "day" } };
    expect(buildQuery(project, own, values).params).toEqual({ p0: "day" });
  });

  it("divides sums when a measure is computed from other measures", () => {
    const fields = ["delivery_by_period.overall_change_failure_rate"];
    const { sql } = buildQuery(project, element({ explore: "delivery_by_period", fields }), values);
    expect(sql).toContain(
      "SAFE_DIVIDE((COALESCE(SUM((rows_of_view.failed_changes)), 0)), (COALESCE(SUM((rows_of_view.changes)), 0)))",
    );
  });

  it("filters by NULL and by excluded values", () => {
    const filters = { "deploys.deployer": "-NULL", "deploys.status": "-queued,-started" };
    const { sql } = buildQuery(project, element({ filters }), values);
    expect(sql).toContain(
      "WHERE rows_of_view.deployer IS NOT NULL AND rows_of_view.status NOT IN (@p0, @p1)",
    );
  });

  it("names the unsupported feature", () => {
    const cannot = (more: Partial<LookerElement>) => () => buildQuery(project, element(more), values);
    expect(cannot({ fields: ["deploys.no_such"] })).toThrow("product_eng.deploys has no field no_such");
    expect(cannot({ filters: { "deploys.app": "%sentry%" } })).toThrow("cannot filter by %sentry%");
    expect(cannot({ explore: "nothing" })).toThrow("There is no view nothing");
  });

  it("reads a row for every pivoted column of a row that is shown", () => {
    const fields = ["deploys.queued_date", "deploys.status", "deploys.count"];
    const { sql } = buildQuery(project, element({ fields, pivots: ["deploys.status"], limit: 10 }), values);
    expect(sql).toContain("LIMIT 500");
  });

  it("exists for every element of the Looker project", () => {
    for (const dashboard of project.dashboards)
      for (const each of dashboard.elements)
        expect(buildQuery(project, each, values).columns, each.name).toHaveLength(each.fields.length);
  });
});
