import type { Config } from "../../shared/config.ts";
import { hasStatus, installationClient } from "../../shared/github/installation-client.ts";
import { listRepositories } from "../../shared/organization/services.ts";

/** What is read of a commit, https://docs.github.com/rest/commits/commits#list-commits */
interface AuthoredCommit {
  commit: { author: { email?: string } | null };
  /** The account to which GitHub assigns the author's e-mail address, because it is verified there. */
  author: { login?: string } | null;
}

/** Who claims a login: a member with a confirmed e-mail address. */
export interface LoginClaim {
  login: string;
  email: string;
}

/**
 * Whether GitHub shows that a login belongs to the owner of an e-mail address: the address is public in the account's profile, or GitHub
 * assigns commits with the address to the account. GitHub does either only with addresses that the account has verified.
 *
 * @throws GitHub's errors, except 404, and 409 for an empty repository
 */
export async function isLoginProven(
  claim: LoginClaim,
  { organization, services }: Pick<Config, "organization" | "services">,
): Promise<boolean> {
  if (isSame(await readPublicEmail(claim.login, organization), claim.email)) return true;
  for (const repository of listRepositories(services))
    if (isAssigned(await listCommitsBy(claim.email, repository), claim)) return true;
  return false;
}

/** Whether a commit with the e-mail address is assigned to the login. Anybody can write any address into a commit. Pure. */
export function isAssigned(commits: AuthoredCommit[], { login, email }: LoginClaim): boolean {
  return commits.some(
    ({ commit, author }) => isSame(commit.author?.email, email) && isSame(author?.login, login),
  );
}

/** https://docs.github.com/rest/users/users#get-a-user */
async function readPublicEmail(username: string, organization: string): Promise<string | null> {
  const github = await installationClient(organization);
  if (!github) return null;
  try {
    return (await github.rest.users.getByUsername({ username })).data.email;
  } catch (error) {
    if (hasStatus(error, 404)) return null;
    throw error;
  }
}

/** The newest commits with an author's e-mail address. @param repository owner/name */
async function listCommitsBy(author: string, repository: string): Promise<AuthoredCommit[]> {
  const [owner = "", repo = ""] = repository.split("/");
  const github = await installationClient(owner);
  if (!github) return [];
  try {
    return (await github.rest.repos.listCommits({ owner, repo, author })).data;
  } catch (error) {
    if (hasStatus(error, 404, 409)) return [];
    throw error;
  }
}

/** Logins and addresses are compared without regard to case. */
function isSame(a: string | null | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}
