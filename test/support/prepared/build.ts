import { prepareWarehouse } from "../../../infra/bigquery/testing/prepare-warehouse.ts";
import { startSuite } from "../../../infra/local/suite.ts";

/** Starts the suite from nothing in the given directory and stops it, and prepares the tables and views of the tests of SQL: see `global-setup.ts`. */
const [dataDir = ""] = process.argv.slice(2);
const suite = await startSuite({ port: 0, dataDir });
await suite.stop();
// Here once, and not in several test files at the same time.
await prepareWarehouse();
process.exit();
