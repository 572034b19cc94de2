import { startSuite } from "../../../infra/local/suite.ts";

/** Starts the suite in the directory that it is given, from nothing, and stops it again: see `global-setup.ts`. */
const [dataDir = ""] = process.argv.slice(2);
const suite = await startSuite({ port: 0, dataDir });
await suite.stop();
process.exit();
