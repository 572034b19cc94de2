/** A person, as systems outside of Slack identify them. */
export interface Person {
  /** GitHub login, in any case. */
  login: string | null;
  /** Number of the GitHub account, which stays when it is renamed. */
  githubId?: number | null | undefined;
  /** Address of a commit, or of a user of a tool. */
  email: string | null;
}

const NOREPLY = /^(?:(?<id>\d{1,15})\+)?(?<login>[a-z\d](?:[a-z\d-]{0,38}))@users\.noreply\.github\.com$/i;

/**
 * Reads the account that an address of GitHub stands for. Accounts since 2017 have `ID+LOGIN@users.noreply.github.com`, older ones
 * `LOGIN@users.noreply.github.com`: https://docs.github.com/account-and-profile/reference/email-addresses-reference#your-noreply-email-address
 *
 * @returns null for any other address
 */
export function readNoreplyAddress(email: string | null): { login: string; githubId: number | null } | null {
  const { login, id } = NOREPLY.exec(email ?? "")?.groups ?? {};
  return login === undefined ? null : { login, githubId: id === undefined ? null : Number(id) };
}

/** Adds what an address of GitHub says about its account. What GitHub says itself takes precedence. */
export function completePerson({
  login,
  githubId = null,
  email,
}: Person): Person & { githubId: number | null } {
  const account = readNoreplyAddress(email);
  return {
    login: login ?? account?.login ?? null,
    githubId: githubId ?? account?.githubId ?? null,
    email: account ? null : email,
  };
}

const TRAILER = /^co-authored-by:\s*(?<name>[^<>]*?)\s*<(?<email>[^<>\s]+@[^<>\s]+)>\s*$/gim;

/** Reads the co-authors of a commit, https://docs.github.com/pull-requests/committing-changes-to-your-project/creating-and-editing-commits/creating-a-commit-with-multiple-authors */
export function readCoAuthors(message: string): { name: string; email: string }[] {
  const found = [...message.matchAll(TRAILER)].map(({ groups }) => ({
    name: groups?.name ?? "",
    email: (groups?.email ?? "").toLowerCase(),
  }));
  return found.filter(({ email }, index) => index === found.findIndex((other) => other.email === email));
}
