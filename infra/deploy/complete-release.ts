import { read, run } from "./run.ts";

/**
 * Copies the running archives of functions that were added after a release, so that the release can run with the present configuration.
 *
 * @param names of the present functions
 * @throws {ProgramError} if no archive of the release was uploaded
 */
export async function completeRelease(
  { bucket, running, release }: { bucket: string; running: string; release: string },
  names: string[],
): Promise<void> {
  if (running === release) return;
  const uploaded = await read("gcloud", ["storage", "ls", `gs://${bucket}/${release}/*.zip`]);
  const added = missingArchives(uploaded.split("\n"), names);
  if (added.length === 0) return;
  console.log(`${release} has no ${added.join(", ")}: the deployed archives stay`);
  const archives = added.map((name) => `gs://${bucket}/${running}/${name}.zip`);
  await run("gcloud", ["storage", "cp", ...archives, `gs://${bucket}/${release}/`]);
}

/** @param uploaded URLs of archives, `gs://<bucket>/<release>/<function>.zip` */
export function missingArchives(uploaded: string[], names: string[]): string[] {
  const present = new Set(uploaded.map((url) => url.slice(url.lastIndexOf("/") + 1)));
  return names.filter((name) => !present.has(`${name}.zip`));
}
