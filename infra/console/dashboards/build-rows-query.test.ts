import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readLookerProject } from "../../looker/read-project.ts";
import { buildRowsQuery, hasFields } from "./build-rows-query.ts";

const project = await readLookerProject(fileURLToPath(new URL("../../looker/", import.meta.url)));
const values = {
  periodName: "Period",
  period: { from: "2026-11-01", to: "2026-11-24" },
  fields: { Repository: "getsentry/sentry" },
};
const ci = project.dashboards.find(({ dashboard }) => dashboard === "ci");
const tile = ci?.elements.find(({ name }) => name === "flaky_checks");
if (!tile) throw new Error("the dashboard of CI has no tile flaky_checks");

describe("the query for the rows behind a value", () => {
  it("selects the fields of a drill-down, with the tile's filters, the clicked values and the measure's own filters", () => {
    const { sql, params, columns } = buildRowsQuery(project, tile, values, {
      at: { repository: "getsentry/sentry", check_name: null },
      measure: "flaky_commits",
    });
    expect(columns.map(({ name }) => name)).toEqual(project.views.get("check_commits")?.set.detail?.fields);
    expect(sql).not.toContain("GROUP BY");
    expect(sql).toContain("rows_of_view.check_name IS NULL AND (rows_of_view.is_flaky)");
    expect(Object.values(params)).toEqual(
      expect.arrayContaining(["2026-11-01", "2026-11-24", "getsentry/sentry"]),
    );
  });

  it.each([
    [{ at: { repository: "a" }, measure: "flaky_commits" }, true],
    [{ at: { head_sha: "a" } }, false],
    [{ at: {}, measure: "nothing" }, false],
  ])("is built for the tile's own fields only: %j", (clicked, isBuilt) => {
    expect(hasFields(project, tile, clicked)).toBe(isBuilt);
  });
});
