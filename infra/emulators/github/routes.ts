import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import type { AppAuth } from "./app-auth.ts";
import { checkRoutes } from "./check-routes.ts";
import type { Webhook } from "./deliveries/delivery-log.ts";
import { deliveryRoutes, hookRoutes } from "./deliveries/routes.ts";
import { historyRoutes } from "./history/routes.ts";
import { paginate } from "./paginate.ts";
import { equalsIgnoreCase, findRepository, pathParam } from "./request.ts";
import { sendError, sendNotFound } from "./send-error.ts";
import type { CommitState, GitHubState, Permission, Repository } from "./state.ts";
import { commitJson, findCommit, profileJson, pullJson, repositoryJson, userJson } from "./to-json.ts";
import { treeJson, treeSha } from "./tree.ts";
import { workflowRoutes } from "./workflow-routes.ts";

const COMPARE_PAGE_URL = "https://docs.github.com/rest/commits/commits#compare-two-commits";
/** Default page size of a comparison. */
const COMPARE_PAGE = 250;

/** The emulated part of https://docs.github.com/rest. @param first middleware that runs before authentication */
export function routes(
  state: GitHubState,
  auth: AppAuth,
  rateLimit: RequestHandler,
  first: RequestHandler[],
  webhook?: Webhook,
): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(...first, (_request, response, next) => {
    response.set("x-github-request-id", "LOCAL");
    next();
  });
  appRoutes(app, state, auth, webhook);
  app.use((request, response, next) => {
    if (auth.isInstallation(request.headers.authorization)) next();
    else sendError(response, 401, "Bad credentials");
  }, rateLimit);
  organizationRoutes(app, state);
  hookRoutes(app, state, webhook);
  // First: the lists of a repository whose history is recorded.
  historyRoutes(app, state);
  repositoryRoutes(app, state);
  checkRoutes(app, state);
  workflowRoutes(app, state);
  app.use((_request, response) => sendNotFound(response));
  return app;
}

/** Routes that require the JWT of the App. */
function appRoutes(app: Express, state: GitHubState, auth: AppAuth, webhook?: Webhook) {
  const asApp: RequestHandler = (request, response, next) => {
    const refusal = auth.refuseApp(request.headers.authorization);
    if (refusal) sendError(response, refusal.status, refusal.message);
    else next();
  };
  deliveryRoutes(app, state, asApp, webhook);
  app.get("/orgs/:org/installation", asApp, (request, response) => {
    const index = state.organizations.findIndex(({ login }) =>
      equalsIgnoreCase(login, pathParam(request, "org")),
    );
    if (index < 0) return sendNotFound(response);
    response.json({ id: index + 1, account: { login: state.organizations[index]?.login }, app_id: 1 });
  });
  app.post("/app/installations/:id/access_tokens", asApp, (request, response) => {
    if (!state.organizations[Number(pathParam(request, "id")) - 1]) return sendNotFound(response);
    response.status(201).json({ ...auth.issueToken(), permissions: {}, repository_selection: "all" });
  });
}

function organizationRoutes(app: Express, state: GitHubState) {
  app.get("/orgs/:org/members/:user", (request, response) => {
    const organization = state.organizations.find(({ login }) =>
      equalsIgnoreCase(login, pathParam(request, "org")),
    );
    const member = organization?.members.some((login) => equalsIgnoreCase(login, pathParam(request, "user")));
    if (member) response.status(204).end();
    else sendNotFound(response);
  });
  // https://docs.github.com/rest/teams/teams#get-a-team-by-name
  app.get("/orgs/:org/teams/:slug", (request, response) => {
    const organization = state.organizations.find(({ login }) =>
      equalsIgnoreCase(login, pathParam(request, "org")),
    );
    const slug = organization?.teams?.find((team) => team === pathParam(request, "slug"));
    if (slug === undefined) return sendNotFound(response);
    response.json({ slug, name: slug, organization: { login: organization?.login } });
  });
  app.get("/users/:login", (request, response) => {
    const user = state.users.find(({ login }) => equalsIgnoreCase(login, pathParam(request, "login")));
    if (user) response.json(profileJson(user));
    else sendNotFound(response);
  });
}

function repositoryRoutes(app: Express, state: GitHubState) {
  const at = (
    path: string,
    respond: (repository: Repository, request: Request, response: Response) => unknown,
  ) =>
    app.get(`/repos/:owner/:repo${path}`, (request, response) => {
      const repository = findRepository(state, request);
      const body = repository && respond(repository, request, response);
      if (response.headersSent) return;
      if (body === undefined) sendNotFound(response);
      else response.json(body);
    });

  at("", (repository) => repositoryJson(repository));
  at("/collaborators/:user/permission", (repository, request) => {
    const user = state.users.find(({ login }) => equalsIgnoreCase(login, pathParam(request, "user")));
    const permission = user && permissionOf(state, repository, user.login);
    return permission && { permission, role_name: permission, user: userJson(user.login) };
  });
  at("/compare/:basehead", compare);
  at("/commits", (repository, request, response) => {
    const commits = repository.commits.filter((commit) => isBy(commit, request.query.author)).reverse();
    return paginate(
      request,
      response,
      commits.map((commit) => commitJson(repository, commit)),
    );
  });
  at("/commits/:ref", (repository, request, response) => {
    const ref = pathParam(request, "ref");
    const commit = findCommit(repository, ref);
    if (commit) return commitJson(repository, commit);
    // GitHub responds 422 for an unknown sha, and 404 for an unknown branch.
    if (/^[0-9a-f]{7,40}$/.test(ref)) sendError(response, 422, `No commit found for SHA: ${ref}`);
    return undefined;
  });
  at("/git/trees/:sha", (repository, request) => {
    const sha = pathParam(request, "sha");
    // A branch or commit selects its root tree. GitHub treats every value of `recursive` as true.
    const tree = findCommit(repository, sha) ? treeSha(repository, "") : sha;
    return treeJson(repository, tree, request.query.recursive !== undefined);
  });
  at("/commits/:sha/pulls", (repository, request, response) => {
    const sha = pathParam(request, "sha");
    const pulls = repository.pullRequests.filter((pull) => pull.merged?.sha === sha || pull.headSha === sha);
    return paginate(
      request,
      response,
      pulls.map((pull) => pullJson(repository, pull)),
    );
  });
  at("/pulls/:number", (repository, request) => {
    const pull = repository.pullRequests.find(
      ({ number }) => number === Number(pathParam(request, "number")),
    );
    return pull && pullJson(repository, pull);
  });
}

function permissionOf(
  { organizations }: GitHubState,
  { fullName, private: isPrivate, permissions = {} }: Repository,
  login: string,
): Permission {
  const owner = organizations.find((organization) => fullName.startsWith(`${organization.login}/`));
  const isMember = owner?.members.includes(login) ?? false;
  return permissions[login] ?? (isMember ? "write" : isPrivate ? "none" : "read");
}

/** @param author a login or an e-mail address; undefined selects every commit */
function isBy({ author: { login, email } }: CommitState, author: unknown): boolean {
  if (typeof author !== "string") return true;
  return equalsIgnoreCase(email, author) || (login !== null && equalsIgnoreCase(login, author));
}

/** https://docs.github.com/rest/commits/commits#compare-two-commits */
function compare(repository: Repository, request: Request, response: Response) {
  const [base = "", head = ""] = pathParam(request, "basehead").split("...");
  const from = findCommit(repository, base);
  const to = findCommit(repository, head);
  if (!from || !to) return undefined;
  const [start, end] = [repository.commits.indexOf(from), repository.commits.indexOf(to)];
  if (findRoot(repository, start) !== findRoot(repository, end))
    return sendError(response, 404, `No common ancestor between ${base} and ${head}.`, COMPARE_PAGE_URL);
  const ahead = repository.commits.slice(start + 1, end + 1);
  return {
    status: start === end ? "identical" : start < end ? "ahead" : "behind",
    ahead_by: ahead.length,
    behind_by: Math.max(0, start - end),
    total_commits: ahead.length,
    commits: paginate(
      request,
      response,
      ahead.map((commit) => commitJson(repository, commit)),
      COMPARE_PAGE,
    ),
    files: [],
  };
}

/** Index of the commit with which the history of a commit begins. */
function findRoot({ commits }: Repository, index: number): number {
  return Math.max(
    0,
    commits.findLastIndex((commit, at) => at <= index && commit.orphan === true),
  );
}
