import { type ChildProcess, execFile } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import * as grpc from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { z } from "zod";
import { freePort } from "../../emulators/lib/free-port.ts";
import type { ZetaSqlRows } from "./rows.ts";
import { type ZetaSqlTable, zetaSqlCatalog } from "./zetasql-catalog.ts";

/** Messages with the rows of a month exceed gRPC's default of 4 MB. */
const MAX_MESSAGE_BYTES = 500 * 1024 * 1024;
const START_SECONDS = 60;

const resultColumn = z.object({
  name: z.string(),
  type: z.object({ typeKind: z.union([z.string(), z.number()]) }),
});
const evaluated = z.object({
  // A result without rows has no field `row`.
  content: z.object({ tableData: z.object({ row: z.custom<ZetaSqlRows>(Array.isArray).default([]) }) }),
  prepared: z.object({ columns: z.array(resultColumn) }),
});

type Call = (request: unknown) => Promise<unknown>;

/** Google's ZetaSQL, the reference implementation of BigQuery's SQL: https://github.com/google/zetasql */
export class ZetaSqlEngine {
  private constructor(
    private readonly server: ChildProcess,
    private readonly call: (method: string, request: unknown) => ReturnType<Call>,
    private readonly languageOptions: Record<string, unknown>,
  ) {}

  /**
   * Starts the server of the npm package.
   * @throws {Error} if it does not respond within a minute
   */
  static async start(packageFolder: string): Promise<ZetaSqlEngine> {
    const port = await freePort();
    const folder = join(packageFolder, "lib", "zetasql");
    const program = `remote_server${process.arch.startsWith("arm") ? "_arm" : ""}${process.platform === "darwin" ? "" : ".so"}`;
    const server = execFile(join(folder, program), ["localhost", String(port)]);
    const client = createClient(join(folder, "protos"), port);
    const call = (method: string, request: unknown) =>
      new Promise<unknown>((done, fail) => {
        client[method]?.(request, (error: grpc.ServiceError | null, response: unknown) =>
          error ? fail(new Error(error.details)) : done(response),
        );
      });
    const languageOptions = await retryUntilReady(() =>
      call("GetLanguageOptions", { maximumFeatures: true }),
    );
    return new ZetaSqlEngine(server, call, {
      ...z.record(z.string(), z.unknown()).parse(languageOptions),
      // BigQuery's language, without the features that are internal to Google.
      productMode: "PRODUCT_EXTERNAL",
      supportedStatementKinds: ["RESOLVED_QUERY_STMT", "RESOLVED_MERGE_STMT"],
    });
  }

  /**
   * Analyzes a query.
   * @returns its columns
   * @throws {Error} with ZetaSQL's message, which contains line and column
   */
  async analyze(sqlStatement: string, tables: ZetaSqlTable[]): Promise<ZetaSqlTable["columns"]> {
    const simpleCatalog = zetaSqlCatalog(tables, this.languageOptions);
    const response = await this.call("Analyze", { sqlStatement, simpleCatalog, options: this.#options() });
    const columns = z
      .object({
        resolvedStatement: z.object({
          resolvedQueryStmtNode: z.object({
            outputColumnList: z.array(z.object({ name: z.string(), column: resultColumn })),
          }),
        }),
      })
      .parse(response).resolvedStatement.resolvedQueryStmtNode.outputColumnList;
    return columns.map(({ name, column }) => ({ name, type: column.type }));
  }

  /** Analyzes a statement without a result. @throws {Error} with ZetaSQL's message */
  async analyzeStatement(sqlStatement: string, tables: ZetaSqlTable[]): Promise<void> {
    const simpleCatalog = zetaSqlCatalog(tables, this.languageOptions);
    await this.call("Analyze", { sqlStatement, simpleCatalog, options: this.#options() });
  }

  /**
   * Runs a query over rows. Table names lose the dot after the dataset: the server accepts rows for tables at the top level only.
   * @throws {Error} with ZetaSQL's message
   */
  async evaluate(sql: string, tables: (ZetaSqlTable & { rows: ZetaSqlRows })[]) {
    const flat = tables.map((table) => ({ ...table, name: flatName(table.name) }));
    const response = await this.call("EvaluateQuery", {
      sql: tables.reduce(
        (text, { name }) => text.replaceAll(new RegExp(`\\b${name}\\b`, "g"), flatName(name)),
        sql,
      ),
      simpleCatalog: zetaSqlCatalog(flat, this.languageOptions),
      tableContent: Object.fromEntries(flat.map(({ name, rows }) => [name, { tableData: { row: rows } }])),
      options: this.#options(),
    });
    const { content, prepared } = evaluated.parse(response);
    return { rows: content.tableData.row, columns: prepared.columns };
  }

  #options() {
    // BigQuery's time zone; ZetaSQL's default is America/Los_Angeles.
    return { languageOptions: this.languageOptions, defaultTimezone: "UTC" };
  }

  async stop(): Promise<void> {
    this.server.kill("SIGKILL");
    await once(this.server, "exit");
  }
}

function flatName(name: string): string {
  return name.replace(".", "__");
}

function createClient(
  protos: string,
  port: number,
): Record<string, (request: unknown, done: unknown) => void> {
  const definition = loadSync("local_service.proto", {
    includeDirs: [protos],
    defaults: false,
    oneofs: true,
    enums: String,
  });
  // The definitions exist only after the .proto file is loaded.
  // biome-ignore lint/suspicious/noExplicitAny: the boundary to gRPC's untyped definitions
  const { zetasql } = grpc.loadPackageDefinition(definition) as any;
  return new zetasql.local_service.ZetaSqlLocalService(
    `localhost:${port}`,
    grpc.credentials.createInsecure(),
    {
      "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
      "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    },
  );
}

async function retryUntilReady(call: () => Promise<unknown>): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt > START_SECONDS * 2) throw new Error("ZetaSQL's server does not respond", { cause: error });
      await wait(500);
    }
  }
}
