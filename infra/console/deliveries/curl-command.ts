import { findDeliveryId, findEventName, type RecordedRequest } from "../../local/gateway/replay.ts";
import type { FunctionFolder } from "../../manifests/read-functions.ts";
import { signFor } from "../../send/send.ts";

/** Thrown for a command that would contain the secret itself. */
export class SecretInCommandError extends Error {
  override name = "SecretInCommandError";
}

/** How a shell computes the headers that authenticate a request. `$secret`, `$body`, `$timestamp` and `$id` are set. */
interface Recipe {
  /** Lines that set `$signature`. */
  lines: string[];
  /** Values by header, expanded by the shell. */
  headers: Record<string, string>;
}

const hmac = (signed = '"$body"', format = "%s") =>
  `signature=$(printf ${format} ${signed} | openssl dgst -sha256 -hmac "$secret" | sed 's/.*= *//')`;

const recipes: Record<string, Recipe> = {
  github: { lines: [hmac()], headers: { "x-hub-signature-256": "sha256=$signature" } },
  "bootstrap-dev-env": { lines: [hmac()], headers: { "x-signature-256": "sha256=$signature" } },
  webpack: { lines: [hmac()], headers: { "x-webpack-signature": "sha256=$signature" } },
  gocd: { lines: [hmac()], headers: { "x-gocd-signature": "$signature" } },
  pagerduty: { lines: [hmac()], headers: { "x-pagerduty-signature": "v1=$signature" } },
  sentry: {
    lines: [hmac()],
    headers: { "sentry-hook-timestamp": "$timestamp", "sentry-hook-signature": "$signature" },
  },
  slack: {
    lines: [hmac('"$timestamp" "$body"', "v0:%s:%s")],
    headers: { "x-slack-request-timestamp": "$timestamp", "x-slack-signature": "v0=$signature" },
  },
  // Standard Webhooks: the key is base64, and so is the signature.
  report: {
    lines: [
      `key=$(printf %s "\${secret#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \\n')`,
      `signature=$(printf %s.%s.%s "$id" "$timestamp" "$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)`,
    ],
    headers: {
      "webhook-id": "$id",
      "webhook-timestamp": "$timestamp",
      "webhook-signature": "v1,$signature",
    },
  },
  freight: { lines: [], headers: { authorization: "Bearer $secret" } },
};

/** Longer bodies are read from a file. */
const MAX_INLINE_BYTES = 50_000;

/**
 * Writes a command for a POSIX shell that sends a delivery with curl.
 *
 * @param options.secret "variable": the shell signs with the source's variable, whenever it runs; "signed": the command has the
 *   signature, which some sources accept for minutes only
 * @throws {SecretInCommandError} if "signed" would contain the secret: Freight's header is the secret
 */
export async function buildCurlCommand(
  folder: FunctionFolder,
  delivery: RecordedRequest,
  url: string,
  { secret: how }: { secret: "variable" | "signed" },
): Promise<string> {
  const { body, number } = delivery;
  const event = findEventName(delivery.headers);
  const id = findDeliveryId(delivery.headers);
  const unsigned = { body, ...(event !== undefined && { event }), ...(id !== undefined && { id }) };
  const [variable = ""] = folder.manifest.secrets;
  const isText = Buffer.from(body.toString("utf8")).equals(body);
  const isInline = isText && body.length <= MAX_INLINE_BYTES;
  const setBody = isInline ? `body=${quote(body.toString("utf8"))}` : `body=$(cat delivery-${number}.json)`;
  const send = (headers: string[]) =>
    [`printf %s "$body" | curl -sS -X POST ${quote(url)}`, ...headers, "--data-binary @-"].join(" \\\n  ");

  if (how === "signed") {
    const headers = await signFor(folder, unsigned);
    const value = process.env[variable];
    if (value && Object.values(headers).some((header) => header.includes(value)))
      throw new SecretInCommandError(
        `The header of ${folder.name} is the secret itself: copy it with $${variable}`,
      );
    return [
      setBody,
      send(Object.entries(headers).map(([name, header]) => `-H ${quote(`${name}: ${header}`)}`)),
    ].join("\n");
  }
  const recipe = recipes[folder.name];
  if (!recipe) throw new Error(`There is no recipe for ${folder.name}`);
  const plain = await signFor(folder, { ...unsigned, secret: process.env[variable] ?? "none" });
  const headers = Object.entries(plain)
    .filter(([name]) => !(name in recipe.headers))
    .map(([name, header]) => `-H ${quote(`${name}: ${header}`)}`);
  const computed = Object.entries(recipe.headers).map(([name, header]) => `-H "${name}: ${header}"`);
  return [
    `secret=$${variable}`,
    setBody,
    "timestamp=$(date +%s)",
    `id=${quote(id ?? `delivery-${number}`)}`,
    ...recipe.lines,
    send([...headers, ...computed]),
  ].join("\n");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
