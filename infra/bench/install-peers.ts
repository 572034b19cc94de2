import { execFile } from "node:child_process";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Target } from "./measured-process.ts";

const folder = new URL("../../dist/peers/", import.meta.url);

/** Servers that receive GitHub's webhooks, with the versions that are measured. They are not dependencies: only the bench needs them. */
const packages = { "@octokit/webhooks": "14.2.0", probot: "14.3.2" };
const programs = { "@octokit/webhooks": "octokit-webhooks.cjs", probot: "probot.cjs" };

/**
 * Installs the servers from npm's registry into `dist/peers`.
 *
 * @returns none if npm cannot install them; says so on stderr
 */
export async function installPeers(): Promise<Target[]> {
  await mkdir(folder, { recursive: true });
  await writeFile(
    new URL("package.json", folder),
    JSON.stringify({ private: true, dependencies: packages }, null, 2),
  );
  try {
    await promisify(execFile)("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock"], {
      cwd: fileURLToPath(folder),
    });
  } catch (error) {
    console.error(`${Object.keys(packages).join(" and ")} are left out, npm cannot install them: ${error}`);
    return [];
  }
  return Promise.all(
    Object.entries(programs).map(async ([name, file]) => {
      const program = new URL(file, folder);
      await copyFile(new URL(`targets/${file}`, import.meta.url), program);
      return { name: `${name}: verify, 2xx`, program: fileURLToPath(program) };
    }),
  );
}
