import { hasStatus, installationClient } from "./installation-client.ts";

const DAY_MS = 24 * 60 * 60_000;
/** More than the number of users who act on the repositories of a large organization in a day. */
const MAX_CACHED = 20_000;

const cache = new Map<string, { member: boolean; until: number }>();

/**
 * Whether a login is a member of an organization, cached for a day.
 * https://docs.github.com/rest/orgs/members#check-organization-membership-for-a-user
 *
 * @returns null if the GitHub App is not installed in the organization
 * @throws GitHub's errors other than 404
 */
export async function isMember(organization: string, login: string): Promise<boolean | null> {
  const key = `${organization}/${login}`;
  const cached = cache.get(key);
  if (cached && cached.until > Date.now()) return cached.member;
  const github = await installationClient(organization);
  if (!github) return null;
  const member = await checkMembership(() =>
    github.rest.orgs.checkMembershipForUser({ org: organization, username: login }),
  );
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(key, { member, until: Date.now() + DAY_MS });
  return member;
}

async function checkMembership(request: () => Promise<{ status: number }>): Promise<boolean> {
  try {
    const { status } = await request();
    return status === 204;
  } catch (error) {
    if (hasStatus(error, 404)) return false;
    throw error;
  }
}
