import { z } from "zod";
import type { CommitDetails } from "../../shared/github/commits.ts";
import { isBotLogin } from "../../shared/github/is-bot-login.ts";
import type { Organization, Service } from "../../shared/organization/organization.ts";
import { deployReadyContext } from "../../shared/slack/deploy-ready-message.ts";

/** A commit that is ready to deploy, and the member who gets the message about it. */
const announcement = deployReadyContext.pick({ service: true, sha: true, commit: true, recipient: true });
export type Announcement = z.infer<typeof announcement>;

/** As the database stores it: empty if nobody gets a message. Releases before services stored one announcement, or null. */
export const decision = z
  .object({
    announcement: announcement.nullish(),
    announcements: z.array(announcement).optional(),
    /** Why a service has no message, as ends of sentences. Earlier releases did not store it. */
    because: z.array(z.string()).default([]),
  })
  .transform((stored) => ({
    announcements: stored.announcements ?? (stored.announcement ? [stored.announcement] : []),
    because: stored.because,
  }));
export type Decision = z.infer<typeof decision>;

/** Whether a bot made a commit. */
export function isByBot(
  { login, name, email }: Pick<CommitDetails["author"], "login" | "name" | "email">,
  bots: Organization["bots"],
  { upstream }: Pick<Service, "upstream">,
): boolean {
  const isListed = [login, name, email].some((word) => word !== null && upstream?.bumpAuthors.includes(word));
  return isListed || (login !== null && isBotLogin(login, bots));
}
