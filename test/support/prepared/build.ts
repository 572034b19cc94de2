import { startSuite } from "../../../infra/local/suite.ts";

/** Starts the suite from nothing in the given directory and stops it: see `global-setup.ts`. */
const [dataDir = ""] = process.argv.slice(2);
const suite = await startSuite({ port: 0, dataDir });
await suite.stop();
process.exit();
