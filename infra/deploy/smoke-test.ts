import type { FunctionFolder } from "../manifests/read-functions.ts";
import { post, signFor } from "../send/send.ts";

/** Any body will do: a source checks the signature before it parses the body. */
const body = Buffer.from('{"smoke": "test"}');

/**
 * Sends each source a request with a wrong signature and expects status 401.
 * A 401 shows that the function runs, can read its secret, and rejects forged requests.
 *
 * @param urls of the sources, by name
 * @returns a line per problem
 */
export async function smokeTest(sources: FunctionFolder[], urls: Record<string, string>): Promise<string[]> {
  const problems = await Promise.all(sources.map((folder) => findProblem(folder, urls[folder.name])));
  return problems.flatMap((problem) => problem ?? []);
}

async function findProblem(folder: FunctionFolder, url: string | undefined): Promise<string | undefined> {
  if (!url) return `${folder.name} has no URL`;
  const headers = await signFor(folder, { body, secret: "not the secret", event: "ping" });
  try {
    const { status } = await post(url, headers, body);
    return status === 401
      ? undefined
      : `${folder.name} returned ${status} for a wrong signature, not 401: ${url}`;
  } catch (error) {
    return `${folder.name} does not respond at ${url}: ${(error as Error).message}`;
  }
}
