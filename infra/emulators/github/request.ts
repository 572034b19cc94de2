import type { Request } from "express";
import type { GitHubState, Repository } from "./state.ts";

/** A parameter of the request's path. */
export function param(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === "string" ? value : "";
}

/** The repository that the path is about. */
export function repositoryIn({ repositories }: GitHubState, request: Request): Repository | undefined {
  const fullName = `${param(request, "owner")}/${param(request, "repo")}`;
  return repositories.find((candidate) => same(candidate.fullName, fullName));
}

/** GitHub's names are the same in any case. */
export function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
