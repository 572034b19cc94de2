import { Router } from "express";
import type { Catalog } from "../storage/catalog.ts";
import { quoteName } from "../storage/column-type.ts";
import { toStoredName } from "../storage/define-table.ts";
import type { InsertAll } from "../storage/insert-all.ts";
import { toResultRow } from "../storage/result-row.ts";
import type { WarehouseDatabase } from "../storage/warehouse-database.ts";
import { paginate, readTimestampFormat } from "./request.ts";

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata */
export function tableDataRoutes(catalog: Catalog, database: WarehouseDatabase, insertAll: InsertAll): Router {
  const router = Router();
  const table = "/projects/:project/datasets/:dataset/tables/:table";

  router.post(`${table}/insertAll`, async (request, response) => {
    response.json(
      await insertAll.insert(request.params, request.body, Number(response.locals.bodyBytes ?? 0)),
    );
  });

  router.get(`${table}/data`, async (request, response) => {
    const fields = catalog.table(request.params).schema?.fields ?? [];
    // A patched schema may list the columns in another order than DuckDB's table.
    const columns = fields.map(({ name }) => quoteName(name)).join(", ");
    const { rows } = await database.read(`SELECT ${columns} FROM ${toStoredName(request.params)}`);
    const { page, nextPageToken } = paginate(rows, request.query);
    const format = readTimestampFormat((name) => request.query[`formatOptions.${name}`]);
    response.json({
      kind: "bigquery#tableDataList",
      totalRows: String(rows.length),
      pageToken: nextPageToken,
      rows: page.map((row) => toResultRow(row, fields, format)),
    });
  });

  return router;
}
