import type { GitHubEvent } from "../../shared/events/github-event.ts";
import { isBotLogin } from "../../shared/github/is-bot-login.ts";

export type UserType = "bot" | "internal" | "external";

/**
 * What is known of an actor without asking GitHub.
 *
 * @returns `ask` when it depends on who is a member of the organization; null for repositories not owned by one
 */
export function classifyActor(event: GitHubEvent, botLogins: string[]): UserType | "ask" | null {
  if (!event.actor || event.repository?.ownerType !== "Organization") return null;
  const login = event.actor.name;
  const isBot = event.actor.type === "bot" || isBotLogin(login, botLogins);
  return isBot ? "bot" : "ask";
}
