import { z } from "zod";

const text = z.string().trim().min(1, "must not be empty");
const repository = z
  .string()
  .regex(/^[\w.-]+\/[\w.-]+$/, "must be owner/name")
  .meta({ description: "GitHub repository, owner/name", examples: ["your-org/your-app"] });
const channel = z
  .string()
  .regex(/^(#[^\s#,]{1,80}|[CG][A-Z0-9]{8,})$/, 'must be "#name" in quotes, or the id of a channel')
  .meta({ description: "Slack channel, as #name or id", examples: ["#engineering"] });
/** Not `z.url()`: the schema for editors would refuse the braces of a placeholder. */
const url = z.string().regex(/^https?:\/\/[^\s/]+\S*$/, "must be an http or https URL");
const pattern = z.string().refine(isRegularExpression, "must be a regular expression");

function isRegularExpression(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

/** Where deployments of a service to production are reported. */
const deploymentTarget = z.discriminatedUnion(
  "source",
  [
    z.strictObject({
      source: z.literal("freight"),
      app: text.meta({ description: "Freight's name of the app" }),
      environment: text.meta({ description: "Freight's name of the environment", examples: ["production"] }),
    }),
    z.strictObject({
      source: z.literal("github"),
      environment: text.meta({ description: "GitHub's name of the environment", examples: ["production"] }),
      repository: repository.optional().meta({
        description: "Repository whose deployments count, if it is not the service's own",
      }),
    }),
    z.strictObject({
      source: z.literal("gocd"),
      pipeline: text.meta({ description: "GoCD's name of the pipeline" }),
      lastStage: text.meta({
        description: "The stage that completes a deployment",
        examples: ["deploy-primary"],
      }),
    }),
    z.strictObject({
      source: z.literal("report"),
      app: text.meta({ description: "App, as the job reports it" }),
      environment: text.meta({ description: "Environment, as the job reports it", examples: ["production"] }),
    }),
  ],
  { error: "must be freight, github, gocd or report" },
);

const service = z.strictObject({
  name: text.meta({ description: "What people call the service", examples: ["your-app"] }),
  repository,
  branch: text.meta({ description: "The branch that is deployed", examples: ["main"] }),
  upstream: z
    .strictObject({
      repository,
      bumpAuthors: z.array(text).min(1).meta({
        description: "Logins, names or e-mail addresses under which a bot commits bumps",
      }),
    })
    .optional()
    .meta({ description: "Repository whose commits arrive in this one as bumps by a bot" }),
  requiredChecks: z
    .union([z.literal("auto"), z.array(text).min(1)], {
      error: "must be a list of names of checks, or auto",
    })
    .default("auto")
    .meta({
      description:
        "Checks that decide whether a commit is good; auto reads GitHub's rulesets and branch protection",
      examples: ["auto"],
    }),
  channel,
  redBranch: z
    .enum(["post", "off"])
    .default("post")
    .meta({ description: "Whether the channel gets a message when the branch is red" }),
  deployments: z.array(deploymentTarget).default([]).meta({
    description: "Where deployments to production are reported",
  }),
  deployPage: url.optional().meta({
    description:
      "Page on which people start a deployment. {app}, {environment}, {sha} and {repository} are replaced",
  }),
  releaseLinks: z
    .array(
      z.strictObject({
        name: text,
        url: url.meta({ description: "{sha} is replaced by the deployed commit" }),
      }),
    )
    .default([])
    .meta({ description: "Pages of a release, linked when a commit is deployed" }),
  team: text.optional().meta({ description: "The team that owns the service, a name of `teams`" }),
  feed: z
    .strictObject({
      channel,
      mode: z.enum(["edit-in-place", "thread", "at-threshold", "off"]).meta({
        description:
          "A message for each deployment, edited as it goes on; the same, with a reply for each step; only messages about passed thresholds; none",
        examples: ["edit-in-place"],
      }),
      thresholds: z
        .strictObject({
          noDeployHours: z.number().positive().default(24).meta({
            description: "Hours without a finished deployment, while commits wait",
          }),
          failuresInARow: z
            .int()
            .min(2)
            .max(50)
            .default(3)
            .meta({ description: "Deployments that failed in a row" }),
          undeployedHours: z.number().positive().default(72).meta({
            description: "Hours that a commit may wait to be deployed",
          }),
        })
        .default({ noDeployHours: 24, failuresInARow: 3, undeployedHours: 72 })
        .meta({ description: "When the mode at-threshold speaks" }),
    })
    .optional()
    .meta({ description: "Where and how deployments are posted" }),
  incidents: z
    .strictObject({
      names: z.array(text).default([]).meta({
        description:
          "What incident tools call the service, besides its name: a service of PagerDuty, a project of Sentry",
      }),
      labels: z
        .array(text)
        .default([])
        .meta({
          description: "Labels that make an issue of the repository an incident",
          examples: [["incident"]],
        }),
      messages: z
        .enum(["post", "off"])
        .default("post")
        .meta({ description: "Whether the channel gets a message about each incident" }),
      linkWithinHours: z
        .number()
        .min(0)
        .max(24 * 14)
        .default(24)
        .meta({
          description:
            "An incident that names no cause is linked to the last production deployment, if it is at most this old",
        }),
    })
    .prefault({})
    .meta({ description: "Which incidents are the service's, and which deployment they are linked to" }),
});

const alias = z.strictObject({
  email: z.email().meta({ description: "The person's address in Slack" }),
  logins: z.array(text).default([]).meta({ description: "GitHub logins, present and former ones" }),
  emails: z.array(z.email()).default([]).meta({ description: "Further addresses under which they commit" }),
});

/**
 * Schema of `ci-tooling.yaml`: whose suite it is. It holds no secrets and no endpoints.
 * `docs/configuration.schema.json` is generated from it.
 */
export const organizationFile = z.strictObject({
  organization: z
    .string()
    .regex(/^[\w-]+$/, "must be the login of a GitHub organization")
    .meta({
      description: "GitHub organization whose members are internal and whose pull requests are counted",
      examples: ["your-org"],
    }),
  emailDomain: z
    .string()
    .regex(/^[^@\s]+\.[^@\s]+$/, "must be a domain, without @")
    .meta({
      description:
        "Domain of the organization's e-mail addresses: only its users get messages and may link a login",
      examples: ["your-org.example"],
    }),
  timeZone: z
    .string()
    .refine(isTimeZone, "must be a name of the IANA time zone database, such as Europe/Vienna")
    .default("UTC")
    .meta({ description: "Time zone in which days, weeks and months begin", examples: ["Europe/Vienna"] }),
  slack: z
    .strictObject({
      githubField: text
        .optional()
        .meta({ description: "Id of the Slack profile field with the GitHub login" }),
    })
    .default({}),
  bots: z.array(text).default([]).meta({ description: "Logins of bots that do not end in [bot]" }),
  hooks: z
    .array(
      z.strictObject({
        id: z
          .int("must be the number in the address of the webhook's page")
          .positive("must be the number in the address of the webhook's page")
          .meta({
            description: "Number of the webhook: the address of its page of settings ends with it",
            examples: [123456789],
          }),
        repository: repository
          .optional()
          .meta({ description: "Repository of the webhook; without it, the webhook is the organization's" }),
      }),
    )
    .default([])
    .meta({
      description:
        "Webhooks beside the GitHub App's that deliver to the suite. Their failed deliveries are redelivered if the App may write webhooks",
    }),
  services: z.array(service).min(1, "must name at least one service"),
  teams: z
    .array(
      z.strictObject({
        name: text,
        channel,
        githubTeam: text.optional(),
        digest: z
          .enum(["weekly", "off"])
          .default("weekly")
          .meta({ description: "Whether the channel gets a digest of the team's week" }),
      }),
    )
    .default([])
    .meta({ description: "Teams that own services; githubTeam is the slug of the team in GitHub" }),
  aliases: z.array(alias).default([]).meta({
    description: "People whose logins or commit addresses the suite cannot know from Slack and GitHub",
  }),
  console: z
    .strictObject({
      operators: z.array(z.email()).default([]).meta({
        description:
          "Google accounts that may replay dead letters and run schedules in the console in the cloud. Everybody whom Identity-Aware Proxy lets in may read",
      }),
    })
    .default({ operators: [] })
    .meta({ description: "Roles in the console in the cloud" }),
  typescript: z
    .strictObject({
      trees: z
        .array(z.strictObject({ repository, path: text }))
        .default([])
        .meta({
          description: "Folders whose conversion to TypeScript is measured",
        }),
      ignored: z.array(text).default([]).meta({
        description: "Paths under those folders, or names of folders, that are not measured",
      }),
    })
    .default({ trees: [], ignored: [] }),
  changeFailure: z
    .strictObject({
      hotfixLabels: z.array(text).default([]),
      hotfixTitles: z.array(pattern).default([]),
      hotfixBranches: z.array(pattern).default([]),
    })
    .default({ hotfixLabels: [], hotfixTitles: [], hotfixBranches: [] })
    .meta({
      description:
        "A merged pull request with one of the labels, or whose title or branch matches a regular expression, repairs an earlier change",
    }),
});

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** Your organization, as `ci-tooling.yaml` describes it. */
export type Organization = z.infer<typeof organizationFile>;
export type Service = Organization["services"][number];
/** Where deployments of a service to production are reported. */
export type DeploymentTarget = Service["deployments"][number];
/** Keys and indexes that lead to a value of the file. */
export type Path = (string | number)[];
