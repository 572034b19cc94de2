import type { Problem } from "./describe-issue.ts";
import type { Organization, Path } from "./organization.ts";

/**
 * Finds what a schema cannot express: names that are given twice, and references to something that the file does not have. Pure.
 *
 * @param lineOf line of a value, for messages that name the other one
 */
export function findContradictions(organization: Organization, lineOf: (path: Path) => number): Problem[] {
  const { services, teams, aliases, emailDomain } = organization;
  const lists: Entry[][] = [
    services.map(({ name }, index) => ({ key: name, path: ["services", index, "name"] })),
    services.flatMap(({ incidents }, index) =>
      incidents.names.map((key, at) => ({ key, path: ["services", index, "incidents", "names", at] })),
    ),
    teams.map(({ name }, index) => ({ key: name, path: ["teams", index, "name"] })),
    aliases.flatMap(({ logins }, index) =>
      logins.map((key, at) => ({ key, path: ["aliases", index, "logins", at] })),
    ),
    aliases.flatMap(({ email, emails }, index) => [
      { key: email, path: ["aliases", index, "email"] },
      ...emails.map((key, at) => ({ key, path: ["aliases", index, "emails", at] })),
    ]),
    ...services.flatMap(({ requiredChecks, deployments, releaseLinks }, index) => [
      // Names of checks are case-sensitive, unlike everything else here.
      requiredChecks === "auto"
        ? []
        : requiredChecks.map((key, at) => ({
            key,
            exact: true,
            path: ["services", index, "requiredChecks", at],
          })),
      deployments.map((target, at) => ({
        key: Object.values(target).join(" "),
        path: ["services", index, "deployments", at],
      })),
      releaseLinks.map(({ name }, at) => ({
        key: name,
        path: ["services", index, "releaseLinks", at, "name"],
      })),
    ]),
  ];
  const teamNames = teams.map(({ name }) => name);
  return [
    ...lists.flatMap((entries) => findDuplicates(entries, lineOf)),
    ...services.flatMap(({ team, repository, upstream }, index) => [
      ...(team !== undefined && !teamNames.includes(team)
        ? [{ path: ["services", index, "team"], message: danglingTeam(team, teamNames) }]
        : []),
      ...(upstream?.repository.toLowerCase() === repository.toLowerCase()
        ? [
            {
              path: ["services", index, "upstream", "repository"],
              message: `${repository} is the service's own repository: write the one whose commits arrive as bumps, or remove upstream`,
            },
          ]
        : []),
    ]),
    ...aliases.flatMap(({ email }, index) =>
      email.toLowerCase().endsWith(`@${emailDomain.toLowerCase()}`)
        ? []
        : [
            {
              path: ["aliases", index, "email"],
              message: `${email} is not an address of ${emailDomain}: write the person's address in Slack, and this one under emails`,
            },
          ],
    ),
  ];
}

function danglingTeam(team: string, known: string[]): string {
  const remedy = known.length > 0 ? `write one of ${known.join(", ")}, or ` : "";
  return `there is no team ${team}: ${remedy}add it under teams, with its name and channel`;
}

interface Entry {
  key: string;
  path: Path;
  /** Whether upper and lower case are different. */
  exact?: boolean;
}

function findDuplicates(entries: Entry[], lineOf: (path: Path) => number): Problem[] {
  const seen = new Map<string, Entry>();
  return entries.flatMap((entry) => {
    const key = entry.exact ? entry.key : entry.key.toLowerCase();
    const first = seen.get(key);
    if (!first) {
      seen.set(key, entry);
      return [];
    }
    const message = `${entry.key} is there already, in line ${lineOf(first.path)}: remove one of the two`;
    return [{ path: entry.path, message }];
  });
}
