/** Whether a GitHub login is a bot's: those of GitHub Apps end in `[bot]`, others are listed. */
export function isBotLogin(login: string, botLogins: string[]): boolean {
  return login.endsWith("[bot]") || botLogins.includes(login);
}
