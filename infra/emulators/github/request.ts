import type { Request } from "express";
import type { GitHubState, Repository } from "./state.ts";

/** A parameter of the request's path. */
export function pathParam(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === "string" ? value : "";
}

/** The repository that the path is about. */
export function findRepository({ repositories }: GitHubState, request: Request): Repository | undefined {
  const fullName = `${pathParam(request, "owner")}/${pathParam(request, "repo")}`;
  return repositories.find((candidate) => equalsIgnoreCase(candidate.fullName, fullName));
}

/** GitHub's names are the same in any case. */
export function equalsIgnoreCase(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
