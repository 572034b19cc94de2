import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const fieldSchema = z.object({
  name: z.string(),
  type: z.string(),
  mode: z.enum(["NULLABLE", "REQUIRED", "REPEATED"]).optional(),
  description: z.string().optional(),
  get fields() {
    return z.array(fieldSchema).optional();
  },
});

const tableFile = z.strictObject({
  description: z.string(),
  /** Days after which BigQuery deletes a partition, counted from its beginning. Without it, rows stay. */
  expirationDays: z.int().positive().optional(),
  timePartitioning: z
    .object({ type: z.enum(["HOUR", "DAY", "MONTH", "YEAR"]), field: z.string() })
    .optional(),
  clustering: z.object({ fields: z.array(z.string()).min(1).max(4) }).optional(),
  schema: z.object({ fields: z.array(fieldSchema).min(1) }),
});

const expiringTableFile = tableFile.refine(
  ({ expirationDays, timePartitioning }) => expirationDays === undefined || timePartitioning !== undefined,
  { path: ["expirationDays"], message: "needs timePartitioning: only partitions expire" },
);

/** A table, from `tables/<dataset>.<table>.json`. */
export type TableDefinition = z.infer<typeof tableFile> & { dataset: string; table: string };

/** A view, from `views/<dataset>.<view>.sql`: GoogleSQL whose leading `--` comment describes it. */
export interface ViewDefinition {
  dataset: string;
  view: string;
  description: string;
  query: string;
}

/**
 * Reads `<dir>/tables/*.json`.
 * @throws {Error} naming the invalid file
 */
export async function readTables(dir: string): Promise<TableDefinition[]> {
  return Promise.all(
    (await listFiles(join(dir, "tables"), ".json")).map(async (file) => {
      const parsed = expiringTableFile.safeParse(JSON.parse(await readFile(file, "utf8")));
      if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
      const [dataset, table] = parseFileName(file, ".json");
      return { ...parsed.data, dataset, table };
    }),
  );
}

/**
 * Reads `<dir>/views/*.sql`.
 * @param replaced queries that replace the content of the file `<dataset>.<view>.sql`
 */
export async function readViews(
  dir: string,
  replaced: Record<string, string> = {},
): Promise<ViewDefinition[]> {
  return Promise.all(
    (await listFiles(join(dir, "views"), ".sql")).map(async (file) => {
      const [dataset, view] = parseFileName(file, ".sql");
      const text = replaced[`${dataset}.${view}`] ?? (await readFile(file, "utf8"));
      const query = text.trim().replace(/;$/, "");
      const comment = /^(?:--[^\n]*\n)*/.exec(`${query}\n`)?.[0] ?? "";
      const description = comment.replaceAll(/^--[ \t]?/gm, "").trim();
      return { dataset, view, description, query };
    }),
  );
}

/** Statement that copies the rows of a former table, from `upgrades/<dataset>.<table>.sql`. A view has the table's name now. */
export interface UpgradeDefinition {
  dataset: string;
  table: string;
  statement: string;
}

/** Reads `<dir>/upgrades/*.sql`. */
export async function readUpgrades(dir: string): Promise<UpgradeDefinition[]> {
  return Promise.all(
    (await listFiles(join(dir, "upgrades"), ".sql")).map(async (file) => {
      const [dataset, table] = parseFileName(file, ".sql");
      return { dataset, table, statement: await readFile(file, "utf8") };
    }),
  );
}

async function listFiles(dir: string, extension: string): Promise<string[]> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const matching = names.filter((name) => name.endsWith(extension)).sort();
  return matching.map((name) => join(dir, name));
}

function parseFileName(file: string, extension: string): [dataset: string, table: string] {
  const [dataset, table, ...rest] = basename(file, extension).split(".");
  if (!dataset || !table || rest.length > 0)
    throw new Error(`${file} is not named <dataset>.<name>${extension}`);
  return [dataset, table];
}

/** Directory of this project's `tables/` and `views/`. */
export const bigqueryDir = fileURLToPath(new URL(".", import.meta.url));
