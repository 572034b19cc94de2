import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const NAME = "@fivetrandevelopers/zetasql";

/**
 * Where npm put ZetaSQL's server. It is 340 MB and therefore no dependency: `npx -p` installs it into a cache and puts that
 * folder's programs on the PATH, which is how it is found.
 *
 * @throws {Error} with the command that brings it
 */
export function zetaSqlPackageFolder(path = process.env.PATH ?? ""): string {
  const folders = path.split(delimiter).filter((folder) => folder.endsWith(join("node_modules", ".bin")));
  const found = folders.map((folder) => resolve(folder, "..", NAME)).find((folder) => existsSync(folder));
  if (found) return found;
  throw new Error(
    `${NAME} is not on the PATH. Run: npx --yes -p ${NAME}@1.13.0 -- tsx infra/bigquery/zetasql/main.ts`,
  );
}
