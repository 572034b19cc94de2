import type { Path, Service } from "../../shared/organization/organization.ts";
import type { OrganizationFile } from "../../shared/organization/parse-organization-file.ts";
import { isSameRepository } from "../../shared/organization/services.ts";
import { UsageError } from "../cli/run-main.ts";

type File = OrganizationFile & { file: string };

/**
 * Explains which entries of the file apply to a repository, an app or service, or a login, each with its line. Pure.
 *
 * @param subject `owner/name`, the name of an app or a service, a GitHub login, or an e-mail address
 * @throws {UsageError} for an empty subject
 */
export function explain(subject: string, file: File): string[] {
  if (subject.trim() === "")
    throw new UsageError("Explain what? A repository, an app, a service, a login or an e-mail address.");
  const rules = [
    ...explainServices(subject, file),
    ...(subject.includes("/") ? explainOtherRepository(subject, file) : explainPerson(subject, file)),
  ];
  return rules.map(({ text, path }) => `${file.file}:${file.locate(path).line}: ${text}`);
}

interface Rule {
  text: string;
  path: Path;
}

function explainServices(subject: string, { organization }: File): Rule[] {
  return organization.services.flatMap((service, index) => {
    const at = (...path: Path): Path => ["services", index, ...path];
    const isOwn = isSameRepository(service.repository, subject);
    const isNamed = service.name.toLowerCase() === subject.toLowerCase();
    const targets = service.deployments.flatMap((target, number) => {
      const { source, ...words } = target;
      const isTarget = Object.entries(words).some(([key, word]) => key !== "environment" && word === subject);
      return isTarget || isNamed || isOwn
        ? [
            {
              text: `deployments of ${source}, ${describe(words)}, bring ${service.name} to production`,
              path: at("deployments", number),
            },
          ]
        : [];
    });
    const isUpstream =
      service.upstream !== undefined && isSameRepository(service.upstream.repository, subject);
    return [
      ...(isOwn || isNamed ? explainService(service, organization, at) : []),
      ...targets,
      ...(isUpstream
        ? [
            {
              text: `${service.upstream?.bumpAuthors.join(", ")} bring its commits to ${service.repository}: their authors get the messages`,
              path: at("upstream"),
            },
          ]
        : []),
    ];
  });
}

function explainService(
  service: Service,
  organization: File["organization"],
  at: (...path: Path) => Path,
): Rule[] {
  const { name, repository, branch, requiredChecks, deployPage } = service;
  const checks =
    requiredChecks === "auto"
      ? "the checks that GitHub requires"
      : requiredChecks.map((check) => `“${check}”`).join(" and ");
  return [
    { text: `${name} is ${repository}, branch ${branch}`, path: at("name") },
    { text: `a commit of ${branch} is good when it passes ${checks}`, path: at("requiredChecks") },
    ...explainMessages(service, organization, at),
    deployPage === undefined
      ? { text: "messages have no button Deploy: there is no deployPage", path: at() }
      : { text: `the button Deploy opens ${deployPage}`, path: at("deployPage") },
  ];
}

/** Which channels get messages about a service. */
function explainMessages(
  { branch, channel, redBranch, incidents, feed, team }: Service,
  { teams }: File["organization"],
  at: (...path: Path) => Path,
): Rule[] {
  const owner = teams.find((each) => each.name === team);
  return [
    redBranch === "post"
      ? { text: `${channel} gets a message when ${branch} is red`, path: at("channel") }
      : { text: `nobody gets a message when ${branch} is red`, path: at("redBranch") },
    incidents.messages === "post"
      ? { text: `${channel} gets a message about each incident`, path: at("channel") }
      : { text: "nobody gets a message about incidents", path: at("incidents", "messages") },
    ...(feed
      ? [{ text: `${feed.channel} gets the feed of deployments, ${feed.mode}`, path: at("feed") }]
      : []),
    ...(owner
      ? [
          { text: `it belongs to the team ${owner.name}`, path: at("team") },
          {
            text:
              owner.digest === "weekly" ? `${owner.channel} gets a weekly digest` : "the team gets no digest",
            path: ["teams", teams.indexOf(owner)],
          },
        ]
      : []),
  ];
}

function describe(words: Record<string, string | undefined>): string {
  return Object.entries(words)
    .map(([key, word]) => `${key} ${word}`)
    .join(", ");
}

function explainOtherRepository(subject: string, { organization }: File): Rule[] {
  const [owner = ""] = subject.split("/");
  const isOwn = owner.toLowerCase() === organization.organization.toLowerCase();
  const counted = isOwn
    ? "its events are counted, and its members are internal"
    : `its events are counted, but ${owner} is not the organization`;
  const trees = organization.typescript.trees.flatMap(({ repository, path }, index) =>
    isSameRepository(repository, subject)
      ? [{ text: `the command typescript counts ${path}`, path: ["typescript", "trees", index] }]
      : [],
  );
  return [{ text: counted, path: ["organization"] }, ...trees];
}

function explainPerson(subject: string, { organization }: File): Rule[] {
  const isSame = (other: string) => other.toLowerCase() === subject.toLowerCase();
  const { bots, services, aliases } = organization;
  return [
    ...bots.flatMap((bot, index) =>
      isSame(bot)
        ? [
            {
              text: `${bot} is a bot: it gets no messages, and is not counted as a person`,
              path: ["bots", index],
            },
          ]
        : [],
    ),
    ...services.flatMap(({ name, upstream }, index) =>
      (upstream?.bumpAuthors ?? []).flatMap((author, at) =>
        isSame(author)
          ? [
              {
                text: `${author} bumps the upstream of ${name}: the authors of the upstream commits get the messages instead`,
                path: ["services", index, "upstream", "bumpAuthors", at],
              },
            ]
          : [],
      ),
    ),
    ...aliases.flatMap(({ email, logins, emails }, index) => {
      if (![email, ...logins, ...emails].some(isSame)) return [];
      const names = [...logins, ...emails].join(", ");
      return [
        {
          text: `${names} ${logins.length + emails.length === 1 ? "is" : "are"} ${email} in Slack`,
          path: ["aliases", index],
        },
      ];
    }),
  ];
}
