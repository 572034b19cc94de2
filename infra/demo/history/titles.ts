export interface Title {
  text: string;
  /** Whether it changes the size of the bundles. */
  frontend: boolean;
}

/** Titles of pull requests of the upstream repository. */
export const upstreamTitles: Title[] = [
  title("feat(alerts): Group rules by the team that owns them"),
  title("fix(issues): Count an event once when it is merged twice", false),
  title("feat(dashboards): Let a widget span two columns"),
  title("perf(search): Skip projects without events", false),
  title("fix(ui): Keep the sidebar's width after a reload"),
  title("ref(models): Name the constraint that a migration adds", false),
  title("feat(releases): Compare two releases side by side"),
  title("test(ingest): Cover an envelope without items", false),
  title("fix(replays): Show the time in the viewer's zone"),
  title("chore(deps): Bump the symbolicator's client", false),
  title("feat(onboarding): Explain where a key is found"),
  title("fix(api): Answer 404 for a team that was deleted", false),
  title("ref(charts): Draw every axis with one component"),
  title("fix(quotas): Round up to whole events", false),
  title("feat(profiling): Colour frames by package"),
  title("ref(tasks): Take the queue's name from the task", false),
  title("fix(ui): Trap the focus in the invitation dialog"),
];

/** Title of the pull request that makes the bundle smaller. */
export const CUT_TITLE = "perf(ui): Load the charts only on the pages that draw them";

/** Title of the pull request that mends the change before it. */
export const HOTFIX_TITLE = "Hotfix: Stop the retries of a refused payment";

/** Titles of pull requests of the deployed repository. */
export const deployedTitles = [
  "feat(billing): Show next month's estimate",
  "fix(billing): Take the address of the account's owner",
  "chore: Give the worker a second core",
  "ref(admin): Split the customer page into tabs",
  "fix(trials): End a trial at midnight in UTC",
];

export const issueTitles = [
  "Source maps are not found when the path has a space",
  "The issue list scrolls to the top after resolving",
  "Self-hosted: the upgrade stops at the second migration",
  "Breadcrumbs are missing after the app was in the background",
  "Please allow more than one address for alerts",
  "The setup guide names a package that was renamed",
  "Transactions have no name behind a proxy",
  "The date picker starts the week on the wrong day",
  "Memory grows when tracing is on",
];

function title(text: string, frontend = true): Title {
  return { text, frontend };
}
