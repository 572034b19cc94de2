import { createHash } from "node:crypto";
import { mkdir, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { read } from "../deploy/run.ts";

/** Built functions of one commit. */
export interface Release {
  /** As `SENTRY_RELEASE` names it: the commit's abbreviated sha. */
  name: string;
  /** Has a folder for each function. */
  dir: string;
  /** SHA-256 of each function's bundle. */
  bundles: Map<string, string>;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Functions that handle what GitHub delivers in the drill. */
const DELIVERY_PATH = ["github", "metrics", "required-checks"];
/** Everything that is part of their bundles. */
const SOURCES = [
  ...DELIVERY_PATH.map((name) => `functions/${name}`),
  ...["shared", "ci-tooling.yaml", ":!*.test.ts"],
];
/** Changes that are looked at: some are of comments, or of what other functions use. */
const CANDIDATES = 10;

/**
 * Builds an earlier release, with its own source and build: that of the last commit in which a function that handles the drill's deliveries
 * has another bundle.
 *
 * @param dir empty directory
 * @throws {ProgramError} without git or the repository's history
 * @throws {Error} if none of these bundles differs in the last commits
 */
export async function buildEarlierRelease(present: Release, dir: string): Promise<Release> {
  const log = await read("git", ["log", "--format=%H", `-n${CANDIDATES}`, "--", ...SOURCES], { cwd: root });
  for (const change of log.split("\n")) {
    const name = await read("git", ["rev-parse", "--short", `${change}~1`], { cwd: root });
    const release = await buildCommit(name, join(dir, name), [...present.bundles.keys()]);
    if (listChanged(present, release).some((changed) => DELIVERY_PATH.includes(changed))) return release;
  }
  throw new Error(`In the last ${CANDIDATES} changes, ${DELIVERY_PATH.join(", ")} have the present bundles`);
}

async function buildCommit(name: string, source: string, functions: string[]): Promise<Release> {
  await mkdir(source);
  const archive = join(source, "source.tar");
  await read("git", ["archive", `--output=${archive}`, name], { cwd: root });
  await read("tar", ["-xf", archive, "-C", source]);
  // The dependencies of the present release: a change of versions is not rolled back.
  await symlink(join(root, "node_modules"), join(source, "node_modules"));
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  await read(process.execPath, ["--import", tsx, "infra/build/main.ts"], { cwd: source });
  return readRelease(name, join(source, "dist"), functions);
}

/** @param functions those that are not in the directory are left out */
export async function readRelease(name: string, dir: string, functions: string[]): Promise<Release> {
  const bundles = new Map<string, string>();
  for (const one of functions) {
    const bundle = await readFile(join(dir, one, "index.cjs")).catch(() => undefined);
    if (bundle) bundles.set(one, createHash("sha256").update(bundle).digest("hex"));
  }
  return { name, dir, bundles };
}

/** Functions of both releases whose bundles differ. A rollback leaves those alone that the earlier release does not have. */
export function listChanged(present: Release, earlier: Release): string[] {
  return [...earlier.bundles.keys()].filter(
    (name) => present.bundles.has(name) && present.bundles.get(name) !== earlier.bundles.get(name),
  );
}

/** Name of the release that is checked out. */
export function readPresentName(): Promise<string> {
  return read("git", ["describe", "--always", "--dirty", "--exclude=*"], { cwd: root });
}
