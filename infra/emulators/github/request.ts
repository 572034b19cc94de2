import type { Request } from "express";
import type { GitHubState, Repository } from "./state.ts";

export function pathParam(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === "string" ? value : "";
}

/** Finds the repository that the path names. */
export function findRepository({ repositories }: GitHubState, request: Request): Repository | undefined {
  const fullName = `${pathParam(request, "owner")}/${pathParam(request, "repo")}`;
  return repositories.find((candidate) => equalsIgnoreCase(candidate.fullName, fullName));
}

/** GitHub ignores the case of names. */
export function equalsIgnoreCase(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
