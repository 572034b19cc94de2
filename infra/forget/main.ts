import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { BigQuery } from "@google-cloud/bigquery";
import { readConfig } from "../../shared/config.ts";
import { disconnect } from "../../shared/database/database.ts";
import { runMain, UsageError } from "../cli/run-main.ts";
import { findIdentifiers, forgetInDatabase } from "./forget-in-database.ts";
import { findAccountIds, forgetInWarehouse, type RowCounts } from "./forget-in-warehouse.ts";
import { accountTexts, buildReplacement } from "./identifiers.ts";
import { UNREACHABLE } from "./unreachable.ts";

const usage = `Usage: npm run forget -- [--login LOGIN] [--email ADDRESS] [--also TEXT]… [--inside-words] [--dry-run]

Forgets a person: replaces login, GitHub's numbers of the account, e-mail addresses and Slack user id by a pseudonym in BigQuery, and deletes the person in Postgres. Of one
identifier, Postgres knows the others. Run it again for rows that BigQuery cannot change yet. Reads .env if there is one.
  --login LOGIN      GitHub login
  --email ADDRESS    e-mail address
  --also TEXT        another text to replace, such as a name or a former login; may be repeated
  --inside-words     replaces them inside of longer words too, such as the names of branches
  --pseudonym NAME   continues with the pseudonym of an earlier run
  --dry-run          counts the rows, and changes nothing`;

const options = {
  login: { type: "string" },
  email: { type: "string" },
  also: { type: "string", multiple: true, default: [] as string[] },
  "inside-words": { type: "boolean", default: false },
  pseudonym: { type: "string" },
  "dry-run": { type: "boolean", default: false },
} as const;

/** A shorter text would be found in words that have nothing to do with the person. */
const SHORTEST = 3;

await runMain({ usage, options }, async ({ values }) => {
  const { login, email, also, "inside-words": insideWords, "dry-run": dryRun } = values;
  const given = [login, email, ...also].flatMap((text) => text?.trim() || []);
  if (login === undefined && email === undefined) throw new UsageError("Name the person: --login or --email");
  if (given.some((text) => text.length < SHORTEST))
    throw new UsageError(`Every identifier must have at least ${SHORTEST} characters`);
  const pseudonym = values.pseudonym ?? `forgotten-${randomBytes(4).toString("hex")}`;
  if (!/^forgotten-[0-9a-f]{8}$/.test(pseudonym))
    throw new UsageError("A pseudonym has the form forgotten-0123abcd");
  if (existsSync(".env")) process.loadEnvFile(".env");
  if (process.env.BIGQUERY_EMULATOR_HOST) process.env.METADATA_SERVER_DETECTION ||= "none";
  const { metricsDataset, openSourceDataset } = readConfig(process.env).bigquery;
  try {
    // The name appears nowhere in the output.
    const names = await findIdentifiers(given);
    // A run that died may have replaced the names of some rows already: the number is in the others.
    const ids = await findAccountIds(new BigQuery(), metricsDataset, names);
    const identifiers = [...names, ...accountTexts(ids, names)];
    console.log(`${identifiers.length} identifiers${dryRun ? "" : ` become ${pseudonym}`}`);
    const replacement = buildReplacement(identifiers, pseudonym, { insideWords });
    const datasets = [metricsDataset, openSourceDataset];
    const warehouse = await forgetInWarehouse(new BigQuery(), datasets, replacement, { dryRun });
    print(dryRun ? "BigQuery, rows that name the person" : "BigQuery, changed rows", warehouse.rows);
    // Last: without these rows, a further run does not know the other identifiers.
    if (Object.keys(warehouse.waiting).length === 0) {
      const database = await forgetInDatabase(replacement, { dryRun });
      print(dryRun ? "Postgres, rows that name the person" : "Postgres, deleted or changed rows", database);
    } else {
      print(
        "BigQuery, rows that were streamed less than 90 minutes ago and cannot be changed yet",
        warehouse.waiting,
      );
      console.log(`Run it again in 90 minutes, with --pseudonym ${pseudonym}. Postgres is changed then.`);
      process.exitCode = 1;
    }
    if (!insideWords) await reportInsideWords(datasets, identifiers, pseudonym);
    console.log("Out of reach:");
    for (const line of UNREACHABLE) console.log(`  ${line}`);
  } finally {
    await disconnect();
  }
});

/** Counts what is left in longer words: a person decides whether it is the same one. */
async function reportInsideWords(datasets: string[], identifiers: string[], pseudonym: string) {
  const inside = buildReplacement(identifiers, pseudonym, { insideWords: true });
  const { rows } = await forgetInWarehouse(new BigQuery(), datasets, inside, { dryRun: true });
  const left = { ...rows, ...(await forgetInDatabase(inside, { dryRun: true })) };
  if (Object.keys(left).length > 0)
    print("Rows with an identifier, also in a longer word; --inside-words replaces it there too", left);
}

function print(title: string, counts: RowCounts) {
  console.log(`${title}: ${Object.values(counts).reduce((sum, count) => sum + count, 0)}`);
  for (const [table, count] of Object.entries(counts).sort()) console.log(`  ${table.padEnd(40)} ${count}`);
}
