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

/** Rows of a month make messages larger than gRPC's 4 MB. */
const MAX_MESSAGE_BYTES = 500 * 1024 * 1024;
const START_SECONDS = 60;

const resultColumn = z.object({
  name: z.string(),
  type: z.object({ typeKind: z.union([z.string(), z.number()]) }),
});
const evaluated = z.object({
  content: z.object({ tableData: z.object({ row: z.custom<ZetaSqlRows>(Array.isArray) }) }),
  prepared: z.object({ columns: z.array(resultColumn) }),
});

type Call = (request: unknown) => Promise<unknown>;

/** Google's ZetaSQL, the engine whose language BigQuery's is: https://github.com/google/zetasql */
export class ZetaSqlEngine {
  private constructor(
    private readonly server: ChildProcess,
    private readonly call: (method: string, request: unknown) => ReturnType<Call>,
    private readonly languageOptions: Record<string, unknown>,
  ) {}

  /**
   * Starts the server of the npm package.
   * @throws {Error} when it does not answer
   */
  static async start(packageFolder: string): Promise<ZetaSqlEngine> {
    const port = await freePort();
    const folder = join(packageFolder, "lib", "zetasql");
    const program = `remote_server${process.arch.startsWith("arm") ? "_arm" : ""}${process.platform === "darwin" ? "" : ".so"}`;
    const server = execFile(join(folder, program), ["localhost", String(port)]);
    const client = clientOf(join(folder, "protos"), port);
    const call = (method: string, request: unknown) =>
      new Promise<unknown>((done, fail) => {
        client[method]?.(request, (error: grpc.ServiceError | null, answer: unknown) =>
          error ? fail(new Error(error.details)) : done(answer),
        );
      });
    const languageOptions = await answerOf(() => call("GetLanguageOptions", { maximumFeatures: true }));
    return new ZetaSqlEngine(server, call, {
      ...z.record(z.string(), z.unknown()).parse(languageOptions),
      // The language of BigQuery, not of Google's inside.
      productMode: "PRODUCT_EXTERNAL",
      supportedStatementKinds: ["RESOLVED_QUERY_STMT"],
    });
  }

  /**
   * Analyzes a query.
   * @returns its columns
   * @throws {Error} with ZetaSQL's message, which says line and column
   */
  async analyze(sqlStatement: string, tables: ZetaSqlTable[]): Promise<ZetaSqlTable["columns"]> {
    const simpleCatalog = zetaSqlCatalog(tables, this.languageOptions);
    const answer = await this.call("Analyze", { sqlStatement, simpleCatalog, options: this.#options() });
    const columns = z
      .object({
        resolvedStatement: z.object({
          resolvedQueryStmtNode: z.object({
            outputColumnList: z.array(z.object({ name: z.string(), column: resultColumn })),
          }),
        }),
      })
      .parse(answer).resolvedStatement.resolvedQueryStmtNode.outputColumnList;
    return columns.map(({ name, column }) => ({ name, type: column.type }));
  }

  /**
   * Runs a query over rows. Tables are named without their dataset's dot: the server takes rows for the top level of names only.
   * @throws {Error} with ZetaSQL's message
   */
  async evaluate(sql: string, tables: (ZetaSqlTable & { rows: ZetaSqlRows })[]) {
    const flat = tables.map((table) => ({ ...table, name: flatName(table.name) }));
    const answer = await this.call("EvaluateQuery", {
      sql: tables.reduce(
        (text, { name }) => text.replaceAll(new RegExp(`\\b${name}\\b`, "g"), flatName(name)),
        sql,
      ),
      simpleCatalog: zetaSqlCatalog(flat, this.languageOptions),
      tableContent: Object.fromEntries(flat.map(({ name, rows }) => [name, { tableData: { row: rows } }])),
      options: this.#options(),
    });
    const { content, prepared } = evaluated.parse(answer);
    return { rows: content.tableData.row, columns: prepared.columns };
  }

  #options() {
    // BigQuery's time zone; ZetaSQL's own is that of Los Angeles.
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

function clientOf(protos: string, port: number): Record<string, (request: unknown, done: unknown) => void> {
  const definition = loadSync("local_service.proto", {
    includeDirs: [protos],
    defaults: false,
    oneofs: true,
    enums: String,
  });
  // What a .proto file defines is known only once it is read.
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

async function answerOf(call: () => Promise<unknown>): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt > START_SECONDS * 2) throw new Error("ZetaSQL's server does not answer", { cause: error });
      await wait(500);
    }
  }
}
