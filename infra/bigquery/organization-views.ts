import { listTargets, type Target } from "../../shared/organization/deployment-targets.ts";
import type { Organization, Service } from "../../shared/organization/organization.ts";

/** A revert that is merged later than this after the deploy is a decision, and not the mending of a failure. */
const REVERT_WINDOW_HOURS = 7 * 24;

/** The files of `organizationViews`, by path from the repository's root. */
export function organizationViewFiles(organization: Organization): Record<string, string> {
  return Object.fromEntries(
    Object.entries(organizationViews(organization)).map(([name, query]) => [
      `infra/bigquery/views/${name}.sql`,
      query,
    ]),
  );
}

/**
 * The views that hold the organization's settings, services and repositories as rows, written from `ci-tooling.yaml`, so that the other
 * views name no organization. The queries by `<dataset>.<view>`.
 */
export function organizationViews(organization: Organization): Record<string, string> {
  return {
    "product_eng.organization": settingsView(organization),
    "product_eng.service_apps": rowsView(
      "The service and team of every app and environment that the configuration names.",
      ["app", "environment", "service", "team"],
      appRows(organization.services),
    ),
    "product_eng.service_repositories": rowsView(
      "The service and team of every repository that the configuration names, upstream repositories included.",
      ["repository", "service", "team"],
      repositoryRows(organization.services),
    ),
    "product_eng.required_checks": rowsView(
      "The checks that decide whether a commit is good, of the repositories whose checks the configuration names.",
      ["repository", "check_name"],
      requiredCheckRows(organization.services),
    ),
  };
}

function settingsView({ timeZone, changeFailure }: Organization): string {
  const { hotfixLabels, hotfixTitles, hotfixBranches } = changeFailure;
  const labels = hotfixLabels.map(escapePattern);
  return `-- Written by infra/bigquery/organization-views.ts from ci-tooling.yaml.
-- The settings of the organization that views use: one row. A NULL pattern matches nothing.
SELECT
  ${quote(timeZone)} AS time_zone,
  ${quotePattern(labels.length > 0 ? `(^|, )(${labels.join("|")})(, |$)` : null)} AS hotfix_label_pattern,
  ${quotePattern(joinPatterns(hotfixTitles))} AS hotfix_title_pattern,
  ${quotePattern(joinPatterns(hotfixBranches))} AS hotfix_branch_pattern,
  ${REVERT_WINDOW_HOURS} AS revert_window_hours
`;
}

function rowsView(description: string, columns: string[], rows: (string | null)[][]): string {
  // An array of structs: a UNION ALL of many rows nests as deep as it has rows.
  const structs = rows.map((row, index) => {
    const values = row.map((value, column) => {
      const text = value === null ? "CAST(NULL AS STRING)" : quote(value);
      return index === 0 ? `${text} AS ${columns[column]}` : text;
    });
    return `  STRUCT(${values.join(", ")})`;
  });
  const empty = `  STRUCT(${columns.map((column) => `'' AS ${column}`).join(", ")})`;
  return `-- Written by infra/bigquery/organization-views.ts from ci-tooling.yaml.
-- ${description}
SELECT ${columns.join(", ")}
FROM UNNEST([
${structs.length > 0 ? structs.join(",\n") : empty}
])${structs.length > 0 ? "" : "\nWHERE FALSE"}
`;
}

/** An app that several services share has one row, with their names joined: rows of other views are not repeated. */
function appRows(services: Service[]): (string | null)[][] {
  const named = services.flatMap((service) =>
    listTargets(service, services).map((target) => ({ ...target, name: service.name, team: service.team })),
  );
  const isSameTarget = (one: Target, other: Target) =>
    one.app === other.app && one.environment === other.environment;
  return named
    .filter((one, index) => index === named.findIndex((other) => isSameTarget(one, other)))
    .map((one) => {
      const owners = named.filter((other) => isSameTarget(one, other));
      const teams = [...new Set(owners.flatMap(({ team }) => team ?? []))];
      const names = [...new Set(owners.map(({ name }) => name))];
      return [one.app, one.environment, names.join(", "), teams.join(", ") || null];
    });
}

/** A repository that several services share has one row, with their names joined: rows of other views are not repeated. */
function repositoryRows(services: Service[]): (string | null)[][] {
  const named = services.flatMap(({ name, team, repository, upstream }) =>
    [repository, ...(upstream ? [upstream.repository] : [])].map((each) => ({
      repository: each,
      name,
      team,
    })),
  );
  return [...new Set(named.map(({ repository }) => repository))].sort().map((repository) => {
    const owners = named.filter((each) => each.repository === repository);
    const teams = [...new Set(owners.flatMap(({ team }) => team ?? []))];
    return [repository, owners.map(({ name }) => name).join(", "), teams.join(", ") || null];
  });
}

function requiredCheckRows(services: Service[]): string[][] {
  const rows = services.flatMap(({ repository, requiredChecks }) =>
    requiredChecks === "auto" ? [] : requiredChecks.map((name) => [repository, name]),
  );
  return rows.filter(
    ([repository, name], index) =>
      rows.findIndex((row) => row[0] === repository && row[1] === name) === index,
  );
}

function joinPatterns(patterns: string[]): string | null {
  return patterns.length > 0 ? patterns.map((pattern) => `(${pattern})`).join("|") : null;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function quotePattern(pattern: string | null): string {
  return pattern === null ? "CAST(NULL AS STRING)" : quote(pattern);
}

/** A GoogleSQL string: https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#string_and_bytes_literals */
function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n")}'`;
}
