import type { Config } from "../../shared/config.ts";
import type { Event } from "../../shared/events/event.ts";
import { isMember } from "../../shared/github/is-member.ts";
import { isCommunityEvent } from "./community-row.ts";
import { classifyActor, type UserType } from "./user-type.ts";

/**
 * The user_type of an event's actor, where the event's row has that column.
 *
 * @throws what GitHub's API answers, so that the event is tried again rather than counted wrongly
 */
export async function resolveUserType(event: Event, config: Config): Promise<UserType | null> {
  if (event.source !== "github" || !event.actor || !event.repository || !isCommunityEvent(event)) return null;
  const known = classifyActor(event, config.botLogins);
  if (known !== "ask") return known;
  const member = await isMember(event.repository.owner, event.actor.name);
  if (member === null) return null;
  return member ? "internal" : "external";
}
