import { provideLocalSecrets } from "../local/secrets.ts";
import type { FunctionFolder } from "../manifests/read-functions.ts";
import { SendError, type Sent, send, type ToSign } from "./send.ts";

/** A response, and the suite that gave it. */
export interface SentFromTerminal extends Sent {
  /** `http://localhost:<port>` of a function on this machine. */
  localSuite?: string;
}

/**
 * Sends to a function at `url`, by default to the local suite on PORT, with the secret of the environment. The local suite's secrets are
 * known, so there it is optional.
 *
 * @param functions all functions, whose local secrets are set
 * @throws {SendError} without a secret for another machine, or if nothing listens
 */
export async function sendFromTerminal(
  folder: FunctionFolder,
  functions: FunctionFolder[],
  unsigned: ToSign,
  url = `http://localhost:${process.env.PORT || 3000}/${folder.name}`,
): Promise<SentFromTerminal> {
  const { hostname, origin } = new URL(url);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  const secretName = folder.manifest.secrets[0] ?? "";
  if (isLocal) provideLocalSecrets(functions);
  else if (!process.env[secretName]) throw new SendError(`${secretName} must be set to sign for ${url}`);
  const sent = await send(url, folder, unsigned).catch((cause: unknown) => {
    // Of fetch. Everything else says itself what was wrong.
    if (!(cause instanceof TypeError)) throw cause;
    throw new SendError(`Nothing listens at ${url}. Is npm start running?`, { cause });
  });
  return { ...sent, ...(isLocal && { localSuite: origin }) };
}
