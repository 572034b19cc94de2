import type { Config } from "../../shared/config.ts";
import type { Event, GitHubEvent } from "../../shared/events/event.ts";
import { isBotLogin } from "../../shared/github/is-bot-login.ts";
import { isMember } from "../../shared/github/is-member.ts";
import { isCommunityEvent, type UserType } from "./community-row.ts";

/**
 * Resolves the user_type of an event's actor.
 *
 * @returns null for events without a row in `github_events`, and for repositories that no organization owns
 * @throws GitHub's error, so that Pub/Sub redelivers the event and no row gets a wrong type
 */
export async function resolveUserType(event: Event, config: Config): Promise<UserType | null> {
  if (event.source !== "github" || !event.actor || !event.repository || !isCommunityEvent(event)) return null;
  const userType = classifyActor(event, config.botLogins);
  if (userType !== "person") return userType;
  const member = await isMember(event.repository.owner, event.actor.name);
  if (member === null) return null;
  return member ? "internal" : "external";
}

/**
 * Classifies an actor without a request to GitHub.
 *
 * @returns `person` if the type depends on the members of the organization; null for repositories that no organization owns
 */
export function classifyActor(event: GitHubEvent, botLogins: string[]): "bot" | "person" | null {
  if (!event.actor || event.repository?.ownerType !== "Organization") return null;
  const login = event.actor.name;
  const isBot = event.actor.type === "bot" || isBotLogin(login, botLogins);
  return isBot ? "bot" : "person";
}
