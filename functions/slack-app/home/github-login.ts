/** GitHub's rule for logins: letters, digits and single hyphens between them. */
const login = /^[a-z\d]+(?:-[a-z\d]+)*$/i;
const MAX_LENGTH = 39;

/**
 * The GitHub login in what somebody typed, or filled into their profile: the plain name, `@name`, or the address of the profile page,
 * with or without protocol.
 *
 * @returns null for what is none
 */
export function githubLogin(typed: string): string | null {
  const name = typed
    .trim()
    .replace(/^<(.*?)(?:\|.*)?>$/, "$1")
    .replace(/^(?:https?:\/\/)?(?:www\.)?github\.com\//i, "")
    .replace(/[?#].*$/, "")
    .replace(/^@/, "")
    .replace(/\/+$/, "");
  return name.length <= MAX_LENGTH && login.test(name) ? name : null;
}
