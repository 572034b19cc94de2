import type { z } from "zod";
import { ApiError, alreadyExists, notFound } from "../api/api-error.ts";
import { parseBody } from "../api/request.ts";
import { CATALOG_SCHEMA, STORAGE, type TableName } from "../googlesql/rewrite-table-name.ts";
import { computeTranslationVersion } from "../googlesql/translation-version.ts";
import { quoteName, type TableField } from "./column-type.ts";
import { defineTable, defineView, toStoredName } from "./define-table.ts";
import { defineInformationSchema, RESOURCES_TABLE, TRANSLATION_TABLE } from "./information-schema.ts";
import {
  createResourceTimes,
  createUpdateTimes,
  type DatasetResource,
  datasetBody,
  type TableResource,
  tableBody,
} from "./resources.ts";
import { toResultFields } from "./result-row.ts";
import { parseTableFields } from "./table-fields.ts";
import { sortByDependency } from "./view-order.ts";
import type { RunStatement, WarehouseDatabase } from "./warehouse-database.ts";

/** The resources of datasets, tables and views. They are in the same DuckDB file as the rows. */
export class Catalog {
  readonly #datasets = new Map<string, DatasetResource>();
  readonly #tables = new Map<string, Map<string, TableResource>>();

  private constructor(
    private readonly database: WarehouseDatabase,
    readonly projectId: string,
  ) {}

  /** Reads the catalog of an open database. */
  static async load(database: WarehouseDatabase, projectId: string): Promise<Catalog> {
    const catalog = new Catalog(database, projectId);
    await database.write(async (run) => {
      await run(
        `CREATE TABLE IF NOT EXISTS ${RESOURCES_TABLE} (dataset VARCHAR, name VARCHAR, body VARCHAR)`,
      );
      for (const statement of defineInformationSchema(projectId)) await run(statement);
    });
    const { rows } = await database.read(
      `SELECT dataset, name, body FROM ${RESOURCES_TABLE} ORDER BY dataset, name`,
    );
    for (const [dataset, name, body] of rows)
      catalog.#cache(String(dataset), String(name), JSON.parse(String(body)));
    await database.write((run) => catalog.#updateTranslation(run));
    return catalog;
  }

  /** Translates the views again if another version of the emulator wrote the file. */
  async #updateTranslation(run: RunStatement): Promise<void> {
    await run(`CREATE TABLE IF NOT EXISTS ${TRANSLATION_TABLE} (version VARCHAR)`);
    const version = computeTranslationVersion();
    const { rows } = await run(`SELECT version FROM ${TRANSLATION_TABLE}`);
    if (rows[0]?.[0] === version) return;
    await this.#refreshViews(run);
    await run(`DELETE FROM ${TRANSLATION_TABLE}`);
    await run(`INSERT INTO ${TRANSLATION_TABLE} VALUES ($1)`, [version]);
  }

  #cache(dataset: string, name: string, body: DatasetResource | TableResource): void {
    if ("datasetReference" in body) this.#datasets.set(dataset, datasetBody.parse(body));
    else this.#tablesOf(dataset).set(name, { ...body } as TableResource);
  }

  #tablesOf(dataset: string): Map<string, TableResource> {
    const tables = this.#tables.get(dataset) ?? new Map<string, TableResource>();
    this.#tables.set(dataset, tables);
    return tables;
  }

  datasets(): DatasetResource[] {
    return [...this.#datasets.values()];
  }

  /** @throws {ApiError} 404 */
  dataset(dataset: string): DatasetResource {
    const resource = this.#datasets.get(dataset);
    if (!resource) throw notFound("Dataset", `${this.projectId}:${dataset}`);
    return resource;
  }

  /** @throws {ApiError} 404 for a missing dataset */
  tables(dataset: string): TableResource[] {
    this.dataset(dataset);
    return [...this.#tablesOf(dataset).values()];
  }

  /** @throws {ApiError} 404 */
  table({ dataset, table }: TableName): TableResource {
    this.dataset(dataset);
    const resource = this.#tables.get(dataset)?.get(table);
    if (!resource) throw notFound("Table", `${this.projectId}:${dataset}.${table}`);
    return resource;
  }

  /** @throws {ApiError} 400, 409 */
  async createDataset(body: unknown): Promise<DatasetResource> {
    const parsed = parseBody(datasetBody, body);
    const { datasetId } = parsed.datasetReference;
    if (["main", CATALOG_SCHEMA].includes(datasetId.toLowerCase())) {
      throw new ApiError(400, "invalid", `The BigQuery emulator reserves the dataset name ${datasetId}`);
    }
    return this.database.write(async (run) => {
      if (this.#datasets.has(datasetId)) throw alreadyExists("Dataset", `${this.projectId}:${datasetId}`);
      const resource = {
        location: "US",
        ...parsed,
        ...this.#datasetIdentity(datasetId),
        ...createResourceTimes(),
      };
      await run(`CREATE SCHEMA IF NOT EXISTS ${STORAGE}.${quoteName(datasetId)}`);
      await this.#save(run, datasetId, "", resource);
      return resource;
    });
  }

  #datasetIdentity(datasetId: string): Pick<DatasetResource, "datasetReference"> & Record<string, unknown> {
    const { projectId } = this;
    return {
      kind: "bigquery#dataset",
      id: `${projectId}:${datasetId}`,
      datasetReference: { projectId, datasetId },
    };
  }

  /** @throws {ApiError} 404 */
  async patchDataset(dataset: string, body: Record<string, unknown>): Promise<DatasetResource> {
    return this.database.write(async (run) => {
      const resource = {
        ...this.dataset(dataset),
        ...body,
        ...this.#datasetIdentity(dataset),
        ...createUpdateTimes(),
      };
      await this.#save(run, dataset, "", resource);
      return resource;
    });
  }

  /** @throws {ApiError} 404; 400 for a dataset with tables, unless deleteContents is set */
  async deleteDataset(dataset: string, deleteContents: boolean): Promise<void> {
    await this.database.write(async (run) => {
      if (this.tables(dataset).length > 0 && !deleteContents) {
        throw new ApiError(400, "resourceInUse", `Dataset ${this.projectId}:${dataset} is still in use`);
      }
      await run(`DROP SCHEMA ${STORAGE}.${quoteName(dataset)} CASCADE`);
      await this.#remove(run, dataset);
    });
  }

  /** @throws {ApiError} 400, 404, 409 */
  async createTable(dataset: string, body: unknown): Promise<TableResource> {
    const parsed = parseBody(tableBody, body);
    const name: TableName = { dataset, table: parsed.tableReference.tableId };
    return this.database.write(async (run) => {
      this.dataset(dataset);
      if (this.#tablesOf(dataset).has(name.table)) {
        throw alreadyExists("Table", `${this.projectId}:${dataset}.${name.table}`);
      }
      return this.#define(run, name, { ...parsed, ...createResourceTimes() });
    });
  }

  /**
   * Changes a description or a view's query, or adds columns.
   * @throws {ApiError} 400 for a removed column or a changed type; 404
   */
  async patchTable(name: TableName, body: Record<string, unknown>): Promise<TableResource> {
    return this.database.write(async (run) => {
      const existing = this.table(name);
      const parsed = parseBody(tableBody, { ...existing, ...body, ...createUpdateTimes() });
      const resource = await this.#define(run, name, parsed, existing);
      if (body.schema) await this.#refreshViews(run);
      return resource;
    });
  }

  async #define(
    run: RunStatement,
    name: TableName,
    body: z.infer<typeof tableBody>,
    existing?: TableResource,
  ): Promise<TableResource> {
    const { projectId } = this;
    const { dataset, table } = name;
    const fields = body.view
      ? await defineView(run, name, body.view.query)
      : await defineTable(run, name, parseTableFields(body.schema?.fields ?? []), existing?.schema?.fields);
    const resource: TableResource = {
      ...body,
      kind: "bigquery#table",
      id: `${projectId}:${dataset}.${table}`,
      type: body.view ? "VIEW" : "TABLE",
      location: this.#datasets.get(dataset)?.location ?? "US",
      tableReference: { projectId, datasetId: dataset, tableId: table },
      schema: { fields },
    };
    await this.#save(run, dataset, table, resource);
    return resource;
  }

  /** @throws {ApiError} 404 */
  async deleteTable(name: TableName): Promise<void> {
    await this.database.write(async (run) => {
      const { type } = this.table(name);
      await run(`DROP ${type === "VIEW" ? "VIEW" : "TABLE"} IF EXISTS ${toStoredName(name)}`);
      await this.#remove(run, name.dataset, name.table);
    });
  }

  /** DuckDB fixes the columns of `SELECT *` when it creates a view, so the views are created again after a schema changed. */
  async #refreshViews(run: RunStatement): Promise<void> {
    const views = [...this.#tables].flatMap(([dataset, tables]) =>
      [...tables].flatMap(([name, { view }]) => (view ? [{ dataset, view: name, query: view.query }] : [])),
    );
    for (const { dataset, view: table, query } of sortByDependency(views)) {
      // As in BigQuery, a view over a deleted table stays, and fails when it is queried.
      await defineView(run, { dataset, table }, query).catch(() => undefined);
    }
  }

  /** Copies the changes of a DDL statement (CREATE, ALTER, DROP) from DuckDB's schema into the catalog. */
  async syncWithDatabase(run: RunStatement, viewQueries: ReadonlyMap<string, string>): Promise<void> {
    await this.#syncDatasets(run);
    const found = await run(
      `SELECT table_schema, table_name FROM information_schema.tables WHERE table_catalog = '${STORAGE}'
       AND table_schema NOT IN ('main', '${CATALOG_SCHEMA}')`,
    );
    const present = new Set(found.rows.map(([dataset, table]) => `${String(dataset)}.${String(table)}`));
    for (const [dataset, tables] of this.#tables) {
      for (const table of [...tables.keys()]) {
        if (present.has(`${dataset}.${table}`) || tables.get(table)?.schema?.fields.length === 0) continue;
        await this.#remove(run, dataset, table);
      }
    }
    for (const [dataset, table] of found.rows) {
      const name = { dataset: String(dataset), table: String(table) };
      await this.#syncTable(run, name, viewQueries.get(`${name.dataset}.${name.table}`));
    }
  }

  async #syncDatasets(run: RunStatement): Promise<void> {
    const { rows } = await run(
      `SELECT schema_name FROM duckdb_schemas() WHERE database_name = '${STORAGE}'
       AND schema_name NOT IN ('main', '${CATALOG_SCHEMA}')`,
    );
    const present = new Set(rows.map(([dataset]) => String(dataset)));
    for (const dataset of [...this.#datasets.keys()]) {
      if (!present.has(dataset)) await this.#remove(run, dataset);
    }
    for (const dataset of present) {
      if (this.#datasets.has(dataset)) continue;
      await this.#save(run, dataset, "", {
        ...this.#datasetIdentity(dataset),
        location: "US",
        ...createResourceTimes(),
      });
    }
  }

  async #remove(run: RunStatement, dataset: string, table?: string): Promise<void> {
    if (table === undefined) {
      await run(`DELETE FROM ${RESOURCES_TABLE} WHERE dataset = $1`, [dataset]);
      this.#tables.delete(dataset);
      this.#datasets.delete(dataset);
    } else {
      await run(`DELETE FROM ${RESOURCES_TABLE} WHERE dataset = $1 AND name = $2`, [dataset, table]);
      this.#tablesOf(dataset).delete(table);
    }
  }

  async #syncTable(run: RunStatement, name: TableName, viewQuery: string | undefined): Promise<void> {
    const { dataset, table } = name;
    const existing = this.#tables.get(dataset)?.get(table);
    const fields = toResultFields(await run(`SELECT * FROM ${toStoredName(name)} LIMIT 0`));
    const withDescription = (field: TableField): TableField =>
      existing?.schema?.fields.find(({ name, type }) => name === field.name && type === field.type) ?? field;
    const view = viewQuery ? { query: viewQuery, useLegacySql: false } : existing?.view;
    const resource: TableResource = {
      ...(existing ?? createResourceTimes()),
      kind: "bigquery#table",
      id: `${this.projectId}:${dataset}.${table}`,
      type: view ? "VIEW" : "TABLE",
      tableReference: { projectId: this.projectId, datasetId: dataset, tableId: table },
      schema: { fields: fields.map(withDescription) },
      ...(view ? { view } : {}),
    };
    await this.#save(run, dataset, table, resource);
  }

  async #save(
    run: RunStatement,
    dataset: string,
    name: string,
    body: DatasetResource | TableResource,
  ): Promise<void> {
    await run(`DELETE FROM ${RESOURCES_TABLE} WHERE dataset = $1 AND name = $2`, [dataset, name]);
    await run(`INSERT INTO ${RESOURCES_TABLE} VALUES ($1, $2, $3)`, [dataset, name, JSON.stringify(body)]);
    this.#cache(dataset, name, body);
  }
}
