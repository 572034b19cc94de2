import { installationClient } from "./installation-client.ts";

const DAY_MS = 24 * 60 * 60_000;
/** Enough for everybody who acts on the repositories of a large organization in a day. */
const MAX_REMEMBERED = 20_000;

const remembered = new Map<string, { member: boolean; until: number }>();

/**
 * Whether a login is a member of an organization, remembered for a day.
 * https://docs.github.com/rest/orgs/members#check-organization-membership-for-a-user
 *
 * @returns null when the GitHub App is not installed in the organization, so that it cannot be known
 * @throws what GitHub's API answers other than yes and no
 */
export async function isMember(organization: string, login: string): Promise<boolean | null> {
  const key = `${organization}/${login}`;
  const known = remembered.get(key);
  if (known && known.until > Date.now()) return known.member;
  const github = await installationClient(organization);
  if (!github) return null;
  const member = await ask(() =>
    github.rest.orgs.checkMembershipForUser({ org: organization, username: login }),
  );
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(key, { member, until: Date.now() + DAY_MS });
  return member;
}

async function ask(request: () => Promise<{ status: number }>): Promise<boolean> {
  try {
    const { status } = await request();
    return status === 204;
  } catch (error) {
    if ((error as { status?: number }).status === 404) return false;
    throw error;
  }
}
