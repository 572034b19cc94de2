import { expect, it } from "vitest";
import { describeColumns } from "./describe-columns.ts";

const column = (name: string, description?: string) => ({
  name,
  type: "STRING",
  ...(description && { description }),
});
const schema = [
  { name: "d.deploys", kind: "view" as const, columns: [column("app", "Freight's name"), column("sha")] },
  {
    name: "d.deploys_by_week",
    kind: "view" as const,
    columns: [column("app", "Freight's name"), column("week", "Its Monday")],
  },
  { name: "d.checks", kind: "table" as const, columns: [column("app", "GitHub's name")] },
];

it.each([
  ["SELECT app, sha FROM d.deploys", { app: "Freight's name" }],
  ["SELECT app FROM `d`.`deploys`", { app: "Freight's name" }],
  ["SELECT app FROM `local.d.deploys`", { app: "Freight's name" }],
  ["SELECT app FROM D.DEPLOYS", { app: "Freight's name" }],
  ["SELECT app, week FROM d.deploys_by_week", { app: "Freight's name", week: "Its Monday" }],
  [
    "SELECT app, week FROM d.deploys JOIN d.deploys_by_week USING (app)",
    { app: "Freight's name", week: "Its Monday" },
  ],
  [
    "SELECT app FROM d.deploys JOIN d.checks USING (app)",
    { app: "d.deploys: Freight's name\nd.checks: GitHub's name" },
  ],
  ["SELECT 'x' AS app FROM other.deploys", {}],
])("the result of %s has the descriptions %j", (sql, descriptions) => {
  expect(describeColumns(sql, ["app", "sha", "week", "n"], schema)).toEqual(descriptions);
});
