import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const NAME = "@fivetrandevelopers/zetasql";

/**
 * Finds the package with ZetaSQL's server. At 340 MB it is no dependency: `npx -p` installs it into a cache and adds the folder of
 * its programs to the PATH.
 *
 * @throws {Error} with the command that installs it
 */
export function zetaSqlPackageFolder(path = process.env.PATH ?? ""): string {
  const folders = path.split(delimiter).filter((folder) => folder.endsWith(join("node_modules", ".bin")));
  const found = folders.map((folder) => resolve(folder, "..", NAME)).find((folder) => existsSync(folder));
  if (found) return found;
  throw new Error(`${NAME} is not on the PATH. Run: npm run zetasql`);
}
