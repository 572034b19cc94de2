import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runMain, UsageError } from "../cli/run-main.ts";
import { read, run } from "../deploy/run.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { readHidden } from "./read-hidden.ts";

const functions = await readFunctions();
const names = [...new Set(functions.flatMap(({ manifest }) => manifest.secrets))].sort();

const usage = `Usage: npm run secrets -- set NAME [--generate | --file path]
       npm run secrets -- end-rotation NAME
       npm run secrets -- list

  set            add a version to Secret Manager: typed, piped, from a file, or 256 random bits
  end-rotation   disable all versions except the newest
  list           list all secrets, the functions that read them, and how many versions are enabled
NAME is one of ${names.join(", ")}`;

const options = { file: { type: "string" }, generate: { type: "boolean" } } as const;

await runMain({ usage, options, allowPositionals: true }, async ({ positionals, values }) => {
  const [verb, name] = positionals;
  switch (verb) {
    case "list":
      return list();
    case "set":
      return set(requireName(name), values);
    case "end-rotation":
      return endRotation(requireName(name));
    default:
      throw new UsageError("set, end-rotation or list? --help explains them.");
  }
});

/** @throws {Error} for a secret that no function reads */
function requireName(name: string | undefined): string {
  if (name && names.includes(name)) return name;
  throw new Error(
    `No function reads a secret ${name ?? "without a name"}; NAME is one of ${names.join(", ")}`,
  );
}

function readersOf(secret: string): string {
  return functions
    .filter(({ manifest }) => manifest.secrets.includes(secret))
    .map((folder) => folder.name)
    .join(", ");
}

interface ValueSource {
  file?: string | undefined;
  generate?: boolean | undefined;
}

async function set(name: string, source: ValueSource): Promise<void> {
  const value = await readValue(name, source);
  // On stdin: every user of the machine can list the arguments of processes.
  await run("gcloud", ["secrets", "versions", "add", name, "--data-file=-"], { input: value });
  if (name === "DB_PASSWORD") await setDatabasePassword(value);
  console.log(`${name} is read by ${readersOf(name)}; they use it within five minutes.`);
  // The sender needs a generated secret too. The database has its password already.
  if (source.generate && name !== "DB_PASSWORD") console.log(`Give it to the sender:\n${value}`);
}

/** @throws {Error} if the value is empty */
async function readValue(name: string, { generate, file }: ValueSource): Promise<string> {
  if (generate) return generateValue(name);
  const text = file ? await readFile(file, "utf8") : await readHidden(`${name}: `);
  const value = text.trim();
  if (value === "") throw new Error(`${name} may not be empty`);
  return value;
}

/** 256 random bits, in the form that the secret's readers expect. */
function generateValue(name: string): string {
  const bytes = randomBytes(32);
  // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
  return name === "REPORT_WEBHOOK_SECRET" ? `whsec_${bytes.toString("base64")}` : bytes.toString("hex");
}

/** Sets the password of the database's user, and creates the user the first time. */
async function setDatabasePassword(password: string): Promise<void> {
  const instance = process.env.DB_INSTANCE || "ci-tooling";
  const users = await read("gcloud", [
    "sql",
    "users",
    "list",
    `--instance=${instance}`,
    "--format=value(name)",
  ]);
  const verb = users.split("\n").includes("ci-tooling") ? "set-password" : "create";
  // A flags file that only its owner may read: gcloud reads no password from stdin, and prompts where there is a terminal.
  // https://cloud.google.com/sdk/gcloud/reference/topic/flags-file
  const dir = await mkdtemp(join(tmpdir(), "secret-"));
  try {
    const flags = join(dir, "flags.json");
    await writeFile(flags, JSON.stringify({ "--password": password }), { mode: 0o600 });
    const args = ["sql", "users", verb, "ci-tooling", `--instance=${instance}`, `--flags-file=${flags}`];
    // gcloud's log file would contain the values of flags, https://cloud.google.com/sdk/gcloud/reference/config/set
    await run("gcloud", args, { env: { CLOUDSDK_CORE_DISABLE_FILE_LOGGING: "1" } });
  } finally {
    await rm(dir, { recursive: true });
  }
}

async function endRotation(name: string): Promise<void> {
  const [, ...older] = await enabledVersions(name, "--sort-by=~createTime");
  for (const version of older)
    await run("gcloud", ["secrets", "versions", "disable", version, `--secret=${name}`]);
}

async function list(): Promise<void> {
  for (const name of names) {
    const count = (await enabledVersions(name)).length;
    console.log(
      `${name.padEnd(34)} ${count === 0 ? "NOT SET" : `${count} valid`}  read by ${readersOf(name)}`,
    );
  }
}

async function enabledVersions(name: string, ...flags: string[]): Promise<string[]> {
  const args = ["secrets", "versions", "list", name, "--filter=state=ENABLED", ...flags];
  const output = await read("gcloud", [...args, "--format=value(name.basename())"]);
  return output === "" ? [] : output.split("\n");
}
