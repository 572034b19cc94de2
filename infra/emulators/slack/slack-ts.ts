/** Now, as Slack writes times and names messages: seconds since 1970 with six decimals. */
export function slackTs(): string {
  return ((performance.timeOrigin + performance.now()) / 1000).toFixed(6);
}
