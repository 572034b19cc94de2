import type { Request, Response } from "@google-cloud/functions-framework";
import { readAssets } from "../../shared/console/read-assets.ts";
import { contentSecurityPolicy, renderPage } from "../../shared/console/render-page.ts";
import { log } from "../../shared/observability/log.ts";
import { frameFor } from "./frame.ts";
import {
  ASSERTION_HEADER,
  chooseRole,
  type IapVerifier,
  IdentityError,
  type Person,
  type Role,
} from "./identity.ts";
import { isOwnRequest } from "./is-own-request.ts";
import { MessagePage } from "./message-page.tsx";
import type { PageContext, PageHandler, PageResponse } from "./page-context.ts";
import { replayDeadLetters, showDeadLetters, showEvent, showEvents, showExplanation } from "./pages.tsx";
import { runSchedule, showSchedules } from "./schedules/pages.tsx";

interface Route {
  method: "GET" | "POST";
  /** Its groups are the parameters. */
  path: RegExp;
  /** Who may send the request. */
  role: Role;
  handle: PageHandler;
}

const routes: Route[] = [
  { method: "GET", path: /^\/(?:deliveries)?$/, role: "viewer", handle: showEvents },
  { method: "GET", path: /^\/deliveries\/event\/([^/]+)$/, role: "viewer", handle: showEvent },
  { method: "GET", path: /^\/dead-letters$/, role: "viewer", handle: showDeadLetters },
  { method: "POST", path: /^\/dead-letters$/, role: "operator", handle: replayDeadLetters },
  { method: "GET", path: /^\/schedules$/, role: "viewer", handle: showSchedules },
  { method: "POST", path: /^\/schedules\/([^/]+)\/run$/, role: "operator", handle: runSchedule },
  { method: "GET", path: /^\/explain$/, role: "viewer", handle: showExplanation },
];

const assets = readAssets();
const ASSET = /^\/_console\/([\w.-]+)$/;
const TYPES: Record<string, string> = { css: "text/css", js: "text/javascript", svg: "image/svg+xml" };

/**
 * Responds to a request that passed Identity-Aware Proxy.
 *
 * 401 without a valid assertion; 503 if Google's keys, which verify it, cannot be read; 403 for a write of a viewer or of another site's page; 404, 405; 500 if a store fails. Every response is
 * private: pages show names and payloads.
 */
export async function handleRequest(
  request: Request,
  response: Response,
  { verifier, context }: { verifier: IapVerifier; context: PageContext },
): Promise<void> {
  response.set({
    "Cache-Control": "no-store",
    "Content-Security-Policy": contentSecurityPolicy,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
  });
  const person = await identify(request, verifier, context);
  if (!("email" in person)) return void response.status(person.status).json({ error: person.error });
  const asset = ASSET.exec(request.path)?.[1];
  if (asset !== undefined) return sendAsset(response, asset);
  const result = await respond(request, person, context);
  if ("location" in result) return response.redirect(result.status, result.location);
  response
    .status(result.status)
    .type("html")
    .send(renderPage(result.page, frameFor(person)));
}

interface Refusal {
  status: 401 | 503;
  error: string;
}

async function identify(
  request: Request,
  verifier: IapVerifier,
  { organization }: PageContext,
): Promise<Person | Refusal> {
  try {
    const { email, id } = await verifier.verify(request.get(ASSERTION_HEADER));
    return { email, id, role: chooseRole(email, organization) };
  } catch (error) {
    if (error instanceof IdentityError) {
      log("WARNING", "A request did not pass Identity-Aware Proxy", { because: error.message });
      return { status: 401, error: "Sign in through Identity-Aware Proxy" };
    }
    log("ERROR", "The keys of Identity-Aware Proxy cannot be read", { error });
    return { status: 503, error: "The keys of Identity-Aware Proxy cannot be read: try again" };
  }
}

async function respond(request: Request, person: Person, context: PageContext): Promise<PageResponse> {
  const { path, method } = request;
  const known = routes.filter((route) => route.path.test(path));
  if (known.length === 0) return refuse(404, "Not found", `There is no page ${path}.`);
  const route = known.find((each) => each.method === (method === "HEAD" ? "GET" : method));
  if (!route) return refuse(405, "Not allowed", `${method} is not allowed here.`);
  if (route.role === "operator" && person.role !== "operator")
    return refuse(403, "Operators only", "Only operators, whom ci-tooling.yaml names, may do this.");
  if (route.method === "POST" && !isOwnRequest(request.headers))
    return refuse(403, "Refused", "Requests from other sites are refused.");
  try {
    const params = (route.path.exec(path)?.slice(1) ?? []).map(decode);
    const { query } = request;
    return await route.handle(context, { params, query, body: readForm(request.body), person });
  } catch (error) {
    log("ERROR", "A page of the console failed", { path, error });
    return refuse(500, "This page failed", "The log has the reason. Try again, or narrow the search.");
  }
}

function refuse(status: number, title: string, message: string): PageResponse {
  return { status, page: <MessagePage title={title} message={message} /> };
}

function sendAsset(response: Response, name: string) {
  const text = Object.hasOwn(assets, name) ? assets[name] : undefined;
  if (text === undefined) return void response.status(404).json({ error: `There is no file ${name}` });
  response.type(TYPES[name.split(".").at(-1) ?? ""] ?? "text/plain").send(text);
}

/** The Functions Framework has parsed the form. */
function readForm(body: unknown): Record<string, unknown> {
  return typeof body === "object" && body !== null && !Buffer.isBuffer(body) ? { ...body } : {};
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
