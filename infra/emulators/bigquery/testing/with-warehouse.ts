import { BigQuery } from "@google-cloud/bigquery";
import { afterEach, beforeEach, vi } from "vitest";
import { startWarehouse, type Warehouse, type WarehouseOptions } from "../start.ts";

/** Creates the real client, as production code does, for an emulator. The environment variables stay until they are unstubbed. */
export function emulatorClient(url: string): BigQuery {
  vi.stubEnv("BIGQUERY_EMULATOR_HOST", `${url}/bigquery/v2`);
  vi.stubEnv("METADATA_SERVER_DETECTION", "none");
  return new BigQuery({ projectId: "local" });
}

/** The emulator and the client of the current test. */
export interface TestWarehouse {
  warehouse: Warehouse;
  bigquery: BigQuery;
  /** Stops the emulator, and starts another one with a new client. */
  restart(options: WarehouseOptions): Promise<void>;
}

/** Registers hooks that start an empty emulator in memory, and a client for it, before each test of a file. */
export function withWarehouse(): TestWarehouse {
  let warehouse: Warehouse | undefined;
  let bigquery: BigQuery | undefined;
  const start = async (options?: WarehouseOptions) => {
    warehouse = await startWarehouse(options);
    bigquery = emulatorClient(warehouse.url);
  };
  beforeEach(() => start());
  afterEach(async () => {
    await warehouse?.stop();
    vi.unstubAllEnvs();
  });
  return {
    get warehouse() {
      return requireStarted(warehouse);
    },
    get bigquery() {
      return requireStarted(bigquery);
    },
    async restart(options) {
      await warehouse?.stop();
      await start(options);
    },
  };
}

function requireStarted<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The emulator starts before each test");
  return value;
}
