import { Router } from "express";
import type { Catalog } from "../storage/catalog.ts";
import { toStoredName } from "../storage/define-table.ts";
import type { WarehouseDatabase } from "../storage/warehouse-database.ts";
import { paginate } from "./request.ts";

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/tables */
export function tableRoutes(catalog: Catalog, database: WarehouseDatabase): Router {
  const router = Router();
  const path = "/projects/:project/datasets/:dataset/tables/:table";

  router.get("/projects/:project/datasets/:dataset/tables", (request, response) => {
    const tables = catalog.tables(request.params.dataset);
    const { page, nextPageToken } = paginate(tables, request.query, 1000);
    const listed = page.map(({ schema: _schema, ...table }) => table);
    response.json({ kind: "bigquery#tableList", tables: listed, totalItems: tables.length, nextPageToken });
  });

  router.post("/projects/:project/datasets/:dataset/tables", async (request, response) => {
    response.json(await catalog.createTable(request.params.dataset, request.body));
  });

  router.get(path, async (request, response) => {
    const table = catalog.table(request.params);
    if (table.type === "VIEW" || !table.schema?.fields.length) return void response.json(table);
    const { rows } = await database.read(`SELECT count(*) FROM ${toStoredName(request.params)}`);
    response.json({ ...table, numRows: String(rows[0]?.[0] ?? 0), numBytes: "0" });
  });

  router.patch(path, async (request, response) => {
    response.json(await catalog.patchTable(request.params, request.body));
  });

  router.put(path, async (request, response) => {
    response.json(await catalog.patchTable(request.params, request.body));
  });

  router.delete(path, async (request, response) => {
    await catalog.deleteTable(request.params);
    response.status(204).end();
  });

  return router;
}
