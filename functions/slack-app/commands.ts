/** What can be asked for, a line each. */
export function commands(): string {
  return [
    "• `deploy notifications on` or `off`: whether you are told when a commit of yours is ready to deploy",
    "• `gha cancel &lt;pull request URL&gt;`: cancels the workflow runs of a pull request that are still going on",
    "• `typescript`: how far the conversion to TypeScript is",
    "• `sync slack users`: brings what is known of everybody in Slack up to date",
    "• `help`: this list",
  ].join("\n");
}
