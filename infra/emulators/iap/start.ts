import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from "node:http";
import { listen, stopServer } from "../lib/listen.ts";
import { refuseForeign, sendRefusal } from "../lib/refuse-foreign-requests.ts";
import { accountId, generateSigningKey, type SigningKey, signAssertion } from "./sign-assertion.ts";

/** Of the cookie with the address of the person who is signed in. */
const COOKIE = "GCP_IAP_LOCAL";
const PUBLIC_KEYS = "/iap/verify/public_key";
const SIGN_IN = "/_iap/sign-in";

export interface IapOptions {
  /** 0, the default, selects a free port. */
  port?: number;
  /** `/projects/<number>/global/backendServices/<id>` */
  audience: string;
  /** URL that requests are passed to, without a trailing slash. */
  backend: () => string;
  /** Addresses that may pass, as the members of roles/iap.httpsResourceAccessor. */
  members: string[];
}

export interface RunningIap {
  /** Without a trailing slash. */
  url: string;
  /** URL of the public keys, for clients that verify assertions. */
  publicKeysUrl: string;
  key: SigningKey;
  stop(): Promise<void>;
}

/**
 * Starts an emulator of Identity-Aware Proxy: it passes the requests of a person who is signed in to the backend, with a signed assertion.
 *
 * @throws {Error} if the port is in use
 */
export async function startIap({ port = 0, ...options }: IapOptions): Promise<RunningIap> {
  const key = generateSigningKey();
  const server = createServer((request, response) => handle(request, response, { ...options, key }));
  const listening = await listen(server, port);
  const url = `http://localhost:${listening}`;
  return {
    url,
    publicKeysUrl: `http://127.0.0.1:${listening}${PUBLIC_KEYS}`,
    key,
    stop: () => stopServer(server),
  };
}

type Proxy = Omit<IapOptions, "port"> & { key: SigningKey };

function handle(request: IncomingMessage, response: ServerResponse, proxy: Proxy) {
  const refusal = refuseForeign(request);
  if (refusal) return sendRefusal(request, response, refusal);
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  if (pathname === PUBLIC_KEYS) return sendJson(response, { [proxy.key.id]: proxy.key.publicKey });
  if (pathname === SIGN_IN) return signIn(response, searchParams.get("email") ?? "", proxy);
  const email = readCookie(request);
  if (email === undefined) return sendSignInPage(request, response, proxy);
  // https://cloud.google.com/iap/docs/concepts-overview#authorization
  if (!proxy.members.includes(email))
    return sendText(response, 403, `You don't have access. ${email} is no member.`);
  pass(request, response, email, proxy);
}

/** IAP removes the x-goog-* headers of clients: https://cloud.google.com/iap/docs/identity-howto */
function pass(
  request: IncomingMessage,
  response: ServerResponse,
  email: string,
  { key, audience, backend }: Proxy,
) {
  const own = Object.entries(request.headers).filter(([name]) => !name.startsWith("x-goog-"));
  const issuedAt = Math.floor(Date.now() / 1000);
  const headers = {
    ...Object.fromEntries(own),
    "x-goog-authenticated-user-email": `accounts.google.com:${email}`,
    "x-goog-authenticated-user-id": `accounts.google.com:${accountId(email)}`,
    "x-goog-iap-jwt-assertion": signAssertion(key, { email, audience, issuedAt }),
  };
  const passed = sendRequest(`${backend()}${request.url}`, { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  passed.on("error", (error) => sendText(response, 502, error.message));
  request.pipe(passed);
}

function signIn(response: ServerResponse, email: string, { members }: Proxy) {
  if (!members.includes(email)) return sendText(response, 403, `${email} is no member.`);
  response.writeHead(303, {
    location: "/",
    "set-cookie": `${COOKIE}=${encodeURIComponent(email)}; Path=/; HttpOnly; SameSite=Lax`,
  });
  response.end();
}

/** IAP sends browsers to Google's sign-in, and refuses other clients with 401. */
function sendSignInPage(request: IncomingMessage, response: ServerResponse, { members }: Proxy) {
  if (!(request.headers.accept ?? "").includes("text/html"))
    return sendText(response, 401, "Invalid IAP credentials: empty token");
  const links = members.map(
    (email) => `<li><a href="${SIGN_IN}?email=${encodeURIComponent(email)}">${escapeHtml(email)}</a></li>`,
  );
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(
    `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Sign in</title></head><body><main><h1>Sign in as</h1><ul>${links.join("")}</ul></main></body></html>`,
  );
}

function readCookie({ headers }: IncomingMessage): string | undefined {
  const pairs = (headers.cookie ?? "").split(/;\s*/).map((pair) => pair.split("="));
  const [, value] = pairs.find(([name]) => name === COOKIE) ?? [];
  return value === undefined ? undefined : decodeURIComponent(value);
}

function sendJson(response: ServerResponse, body: object) {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function sendText(response: ServerResponse, status: number, text: string) {
  if (!response.headersSent) response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(text);
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
