const MAX_LENGTH = 39;

/**
 * Reads a GitHub login from text that a user typed or wrote into their profile: the plain login, `@login`, or the address of the profile
 * page, with or without protocol.
 *
 * @returns null for text that is no login: those have letters, digits and single hyphens between them
 */
export function parseGitHubLogin(typed: string): string | null {
  const login = typed
    .trim()
    .replace(/^<(.*?)(?:\|.*)?>$/, "$1")
    .replace(/^(?:https?:\/\/)?(?:www\.)?github\.com\//i, "")
    .replace(/[?#].*$/, "")
    .replace(/^@/, "")
    .replace(/\/+$/, "");
  return login.length <= MAX_LENGTH && /^[a-z\d]+(?:-[a-z\d]+)*$/i.test(login) ? login : null;
}
