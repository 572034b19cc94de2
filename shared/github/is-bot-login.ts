/** Whether a GitHub login belongs to a bot. The logins of GitHub Apps end in `[bot]`; `botLogins` lists others. */
export function isBotLogin(login: string, botLogins: string[]): boolean {
  return login.endsWith("[bot]") || botLogins.includes(login);
}
