import type { Sign, Unsigned } from "../../shared/webhook/signer.ts";
import type { FunctionFolder } from "../manifests/read-functions.ts";

export interface Sent {
  status: number;
  body: string;
  /** Of the event that was stored, if one was. */
  eventId: string | null;
}

/** Without a secret, the one in the environment is used. */
export type ToSign = Omit<Unsigned, "secret"> & { secret?: string };

interface SignModule {
  sign: Sign;
  encode?: (json: Buffer) => Buffer;
}

/** Thrown when a source cannot be sent to: the message says what is missing. */
export class SendError extends Error {
  override name = "SendError";
}

/**
 * The headers with which a source's sender would send a body.
 *
 * @throws {SendError} when the folder is no source, or its secret has no value
 */
export async function signFor(
  folder: FunctionFolder,
  { secret: given, ...unsigned }: ToSign,
): Promise<Record<string, string>> {
  const { sign } = (await importSign(folder)) ?? {};
  if (!sign)
    throw new SendError(`functions/${folder.name}/sign.ts does not say how to sign for ${folder.name}`);
  const [name = ""] = folder.manifest.secrets;
  const secret = given ?? process.env[name];
  if (!secret)
    throw new SendError(`${name} has no value: set it to the secret that ${folder.name} is configured with`);
  return sign({ ...unsigned, secret });
}

/** The body as the source's sender would send this JSON: Slack sends some of it as a form. */
export async function encodeFor(folder: FunctionFolder, json: Buffer): Promise<Buffer> {
  const { encode } = (await importSign(folder)) ?? {};
  return encode ? encode(json) : json;
}

async function importSign(folder: FunctionFolder): Promise<SignModule | undefined> {
  if (!("http" in folder.manifest.trigger)) return undefined;
  return import(new URL("sign.ts", folder.url).href);
}

/** Signs a body and sends it to a source function at `url`. @throws what fetch throws when nobody answers there */
export async function send(url: string, folder: FunctionFolder, unsigned: ToSign): Promise<Sent> {
  return post(url, await signFor(folder, unsigned), unsigned.body);
}

/** Sends a body with headers as they are. */
export async function post(url: string, headers: Record<string, string>, body: Buffer): Promise<Sent> {
  const response = await fetch(url, { method: "POST", headers, body: new Uint8Array(body) });
  return {
    status: response.status,
    body: await response.text(),
    eventId: response.headers.get("x-event-id"),
  };
}
