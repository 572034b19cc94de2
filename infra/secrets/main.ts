/**
 * Puts a secret into Secret Manager, and says who reads it: npm run secrets -- set NAME [--file path]
 * Lists all secrets, who reads them, and how many versions are valid: npm run secrets -- list
 */
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { read, run } from "../deploy/run.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { readHidden } from "./read-hidden.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    file: { type: "string" },
    generate: { type: "boolean", default: false },
    "end-rotation": { type: "boolean", default: false },
  },
});
const [verb, name = ""] = positionals;
const functions = await readFunctions();
const readers = (secret: string) =>
  functions.filter(({ manifest }) => manifest.secrets.includes(secret)).map((folder) => folder.name);
const known = [...new Set(functions.flatMap(({ manifest }) => manifest.secrets))].sort();

if (verb === "list") await list();
else if (verb === "set" && known.includes(name)) await set();
else if (verb === "end-rotation" && known.includes(name)) await endRotation();
else {
  console.error(`npm run secrets -- set NAME [--generate | --file path]
npm run secrets -- end-rotation NAME
npm run secrets -- list

NAME is one of ${known.join(", ")}`);
  process.exitCode = 1;
}

async function set() {
  const value = await valueToSet();
  // On the standard input: arguments can be seen by everybody on the machine.
  await run("gcloud", ["secrets", "versions", "add", name, "--data-file=-"], { input: value });
  if (name === "DB_PASSWORD") await setDatabasePassword(value);
  console.log(`${name} is read by ${readers(name).join(", ")}; they use it within five minutes.`);
  // The database has its password by now; the others are for whoever signs with them.
  if (values.generate && name !== "DB_PASSWORD") console.log(`Give it to the sender:\n${value}`);
}

/** What was typed or piped, in a file, or made of 256 random bits. @throws {Error} when it is empty */
async function valueToSet(): Promise<string> {
  if (values.generate) return randomBytes(32).toString("hex");
  const given = values.file ? await readFile(values.file, "utf8") : await readHidden(`${name}: `);
  const value = given.trim();
  if (value === "") throw new Error(`${name} may not be empty`);
  return value;
}

/** The database's user has the same password, and is made the first time. */
async function setDatabasePassword(password: string) {
  const instance = process.env.DB_INSTANCE || "ci-tooling";
  const users = await read("gcloud", [
    "sql",
    "users",
    "list",
    `--instance=${instance}`,
    "--format=value(name)",
  ]);
  const verb = users.split("\n").includes("ci-tooling") ? "set-password" : "create";
  // In a file that only its owner may read: gcloud takes no password from the standard input, and asks a terminal where there is one.
  // https://cloud.google.com/sdk/gcloud/reference/topic/flags-file
  const dir = await mkdtemp(join(tmpdir(), "secret-"));
  try {
    const flags = join(dir, "flags.json");
    await writeFile(flags, JSON.stringify({ "--password": password }), { mode: 0o600 });
    const args = ["sql", "users", verb, "ci-tooling", `--instance=${instance}`, `--flags-file=${flags}`];
    // gcloud's own log would keep the values of flags, https://cloud.google.com/sdk/gcloud/reference/config/set
    await run("gcloud", args, { env: { CLOUDSDK_CORE_DISABLE_FILE_LOGGING: "1" } });
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** Disables all versions but the newest: from then on it alone is valid. */
async function endRotation() {
  const versions = await read("gcloud", [
    "secrets",
    "versions",
    "list",
    name,
    "--filter=state=ENABLED",
    "--sort-by=~createTime",
    "--format=value(name.basename())",
  ]);
  for (const version of versions.split("\n").slice(1))
    await run("gcloud", ["secrets", "versions", "disable", version, `--secret=${name}`]);
}

async function list() {
  for (const secret of known) {
    const versions = await read("gcloud", [
      "secrets",
      "versions",
      "list",
      secret,
      "--filter=state=ENABLED",
      "--format=value(name.basename())",
    ]);
    const count = versions === "" ? 0 : versions.split("\n").length;
    console.log(
      `${secret.padEnd(34)} ${count === 0 ? "NOT SET" : `${count} valid`}  read by ${readers(secret).join(", ")}`,
    );
  }
}
