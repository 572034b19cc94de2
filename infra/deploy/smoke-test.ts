import type { FunctionFolder } from "../manifests/read-functions.ts";
import { post, signFor } from "../send/send.ts";

/** What is signed with a secret that nobody has; its content does not matter, it is never looked at. */
const body = Buffer.from('{"smoke": "test"}');

/**
 * Sends each source something with a signature that cannot be right: it must answer 401.
 * That shows that the function runs, can read its secret, and lets nobody past.
 *
 * @param urls of the sources, by name
 * @returns what is wrong, a line each; nothing when all is well
 */
export async function smokeTest(sources: FunctionFolder[], urls: Record<string, string>): Promise<string[]> {
  const problems = await Promise.all(sources.map((folder) => problemOf(folder, urls[folder.name])));
  return problems.flatMap((problem) => problem ?? []);
}

async function problemOf(folder: FunctionFolder, url: string | undefined): Promise<string | undefined> {
  if (!url) return `${folder.name} has no URL`;
  const headers = await signFor(folder, { body, secret: "a secret that nobody has", event: "ping" });
  try {
    const { status } = await post(url, headers, body);
    return status === 401
      ? undefined
      : `${folder.name} answered ${status} to a bad signature, not 401: ${url}`;
  } catch (error) {
    return `${folder.name} does not answer at ${url}: ${(error as Error).message}`;
  }
}
