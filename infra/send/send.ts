import type { Sign, Unsigned } from "../../shared/webhook/signer.ts";
import type { FunctionFolder } from "../manifests/read-functions.ts";

export interface Sent {
  status: number;
  body: string;
  /** Id of the stored event; null if no event was stored. */
  eventId: string | null;
}

/** A request to sign. By default, the secret is read from the environment. */
export type ToSign = Omit<Unsigned, "secret"> & { secret?: string };

interface SignModule {
  sign: Sign;
  encode?: (json: Buffer) => Buffer;
}

/** Thrown if a request cannot be signed. The message names the missing part. */
export class SendError extends Error {
  override name = "SendError";
}

/**
 * Builds the headers that the sender of a source adds to a body.
 *
 * @throws {SendError} if the folder is not a source, or its secret has no value
 */
export async function signFor(
  folder: FunctionFolder,
  { secret: given, ...unsigned }: ToSign,
): Promise<Record<string, string>> {
  const { sign } = (await importSign(folder)) ?? {};
  if (!sign) throw new SendError(`functions/${folder.name}/sign.ts does not export a function sign`);
  const [name = ""] = folder.manifest.secrets;
  const secret = given ?? process.env[name];
  if (!secret)
    throw new SendError(`${name} has no value: set it to the secret that ${folder.name} is configured with`);
  return sign({ ...unsigned, secret });
}

/** Encodes a JSON body as its sender does: Slack sends interactions as a form. */
export async function encodeFor(folder: FunctionFolder, json: Buffer): Promise<Buffer> {
  const { encode } = (await importSign(folder)) ?? {};
  return encode ? encode(json) : json;
}

async function importSign(folder: FunctionFolder): Promise<SignModule | undefined> {
  if (!("http" in folder.manifest.trigger)) return undefined;
  return import(new URL("sign.ts", folder.url).href);
}

/** Signs a body and sends it to a source function at `url`. @throws {TypeError} of fetch, if the connection fails */
export async function send(url: string, folder: FunctionFolder, unsigned: ToSign): Promise<Sent> {
  return post(url, await signFor(folder, unsigned), unsigned.body);
}

/**
 * Sends a body without signing it.
 *
 * @param timeoutMs without it, waits as long as `fetch`
 * @throws {TypeError} of fetch, if the connection fails; {DOMException} TimeoutError
 */
export async function post(
  url: string,
  headers: Record<string, string>,
  body: Buffer,
  timeoutMs?: number,
): Promise<Sent> {
  const signal = timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(timeoutMs) };
  const response = await fetch(url, { method: "POST", headers, body: new Uint8Array(body), ...signal });
  return {
    status: response.status,
    body: await response.text(),
    eventId: response.headers.get("x-event-id"),
  };
}
