import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readLookerProject } from "./read-project.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const project = await readLookerProject(folder);
const model = readFileSync(`${folder}/ci_tooling.model.lkml`, "utf8");
const views = readdirSync(`${folder}/views`).map((file) => ({
  file,
  text: readFileSync(`${folder}/views/${file}`, "utf8"),
}));
const tiles = project.dashboards.flatMap(({ dashboard, elements }) =>
  elements.map((element) => ({ ...element, dashboard })),
);

/** Blocks `kind: name { … }` of a file that is written by npm run docs. */
function blocks(text: string, kind: string): { name: string; block: string }[] {
  return [...text.matchAll(new RegExp(`^ {2}${kind}: (\\w+) \\{\\n([\\s\\S]*?)^ {2}\\}`, "gm"))].map(
    ([, name = "", block = ""]) => ({ name, block }),
  );
}

/** The unit that a measure's name ends with, before its percentile: a share, an amount with a unit, or a number of things. */
function unitOf(field: string): string {
  const [, unit = "count"] =
    /_(seconds|minutes|hours|kilobytes|bytes|lines|usd|rate|share)(?:_p\d+)?$/.exec(field) ?? [];
  return unit === "rate" ? "share" : unit;
}

describe("charts", () => {
  it.each(tiles.filter(({ type }) => /line|column|area|bar/.test(type)))(
    "have one unit on their axis: $dashboard, $name",
    ({ explore, fields }) => {
      const measures = fields.filter(
        (field) => project.views.get(explore)?.measure[field.split(".")[1] ?? ""],
      );
      expect([...new Set(measures.map(unitOf))]).toHaveLength(1);
    },
  );
});

it.each(tiles.filter(({ type, fields }) => type !== "looker_grid" && /_week\b/.test(String(fields))))(
  "a chart by week says that weeks at its ends may be incomplete: $dashboard, $name",
  ({ note_text }) => {
    expect(note_text).toMatch(/The first and the last week may be incomplete$/);
  },
);

describe("percentiles", () => {
  it.each(tiles.filter(({ type, fields }) => type === "single_value" && /_p50/.test(String(fields))))(
    "of a single value have their number beside them: $dashboard, $name",
    ({ fields }) => {
      const [field = "", number] = fields;
      expect(number).toBe(field.replace("_p50", "_n"));
    },
  );

  it("have no parameter filters, which Looker documents for counts, sums and averages", () => {
    const filtered = [...project.views].flatMap(([view, { measure }]) =>
      Object.entries(measure)
        .filter(([, { type, filters }]) => type === "percentile" && Object.keys(filters).length > 0)
        .map(([name]) => `${view}.${name}`),
    );
    expect(filtered).toEqual([]);
  });

  it("of a row, and its rates, are in a group that says not to add or average them", () => {
    const dimensions = views.flatMap(({ file, text }) =>
      blocks(text, "dimension")
        .filter(({ name }) => /_(p\d+|rate)$/.test(name))
        .map((each) => ({ ...each, file })),
    );
    expect(dimensions.length).toBeGreaterThan(40);
    const loose = dimensions.filter(
      ({ block }) => !block.includes('"Of the row only: do not add or average"'),
    );
    expect(loose.map(({ file, name }) => `${file} ${name}`)).toEqual([]);
  });
});

describe("views", () => {
  it("name their dataset by a constant, and no project", () => {
    const named = views.map(({ text }) => /sql_table_name: (\S+)\.\w+ ;;/.exec(text)?.[1]);
    expect(new Set(named)).toEqual(new Set(["@{METRICS_DATASET}", "@{OPEN_SOURCE_DATASET}"]));
  });

  it("have no week or month of a period's first day: a week that begins in February has days of March", () => {
    const groups = views.flatMap(({ text }) => blocks(text, "dimension_group"));
    const periods = groups.filter(({ name }) => /^period_(start|end)$/.test(name));
    expect(periods.length).toBeGreaterThan(0);
    for (const { block } of periods) expect(block).toContain("timeframes: [raw, date]");
  });

  it.each([
    ["check_runs", "head_sha", "commit"],
    ["check_commits", "head_sha", "commit"],
    ["main_red_periods", "broken_by_sha", "commit"],
    ["pull_requests", "number", "pull"],
    ["lead_times", "pull_request_number", "pull"],
    ["open_pull_requests", "number", "pull"],
  ])("link %s.%s to GitHub", (view, field, page) => {
    const text = views.find(({ file }) => file === `${view}.view.lkml`)?.text ?? "";
    const { block } = blocks(text, "dimension").find(({ name }) => name === field) ?? {};
    expect(block).toContain(`url: "@{GITHUB_URL}/{{ repository._value }}/${page}/{{ value }}"`);
  });
});

describe("the model", () => {
  it("suggests values of a filter without reading every check run or event", () => {
    const filters = project.dashboards.flatMap((dashboard) =>
      dashboard.filters.map(({ field = "" }) => field),
    );
    const large = filters.filter((field) => /^(check_runs|events_by_minute|workflow_jobs)\./.test(field));
    expect(large).toContain("check_runs.check_name");
    const scanning = large.filter((field) => {
      const [view = "", name = ""] = field.split(".");
      const text = readFileSync(`${folder}/measures/${view}.lkml`, "utf8");
      const { block = "" } = blocks(text, "dimension").find((each) => each.name === name) ?? {};
      return !/suggest(ions|_explore):/.test(block);
    });
    expect(scanning).toEqual([]);
  });

  it("keeps the results of every explore until new events are due", () => {
    const [, persisted = ""] = /^persist_with: (\w+)$/m.exec(model) ?? [];
    expect(blocks(model.replaceAll(/^/gm, "  "), "datagroup").map(({ name }) => name)).toEqual([persisted]);
  });
});
