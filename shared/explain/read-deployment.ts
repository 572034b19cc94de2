import { z } from "zod";

/** Runs GoogleSQL with named parameters. @throws {Error} with BigQuery's message */
export type RunQuery = (sql: string, params: Record<string, unknown>) => Promise<Record<string, unknown>[]>;

/** A deploy by its name, `<app>#<number>` or `<app>/<environment>#<number>`. */
export interface DeployName {
  app: string;
  /** Any, if it is missing. */
  environment?: string;
  number: number;
}

const text = z.string().nullable();
const count = z.coerce.number().nullable();
/** BigQuery's client has objects for times, the local API has text. */
const time = z
  .union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)])
  .nullable();

const attempt = z.object({
  app: z.string(),
  environment: z.string(),
  number: z.coerce.number(),
  position: z.coerce.number(),
  kind: z.enum(["change", "rollback", "redeploy", "failure"]),
  sha: text,
  deployer: text,
  ended_at: time,
  /** Number of the deploy with which the sha first went live. */
  first_number: count,
  /** Number of the change that was live before. */
  live_number: count,
  change_number: count,
  change_failed: z.boolean().nullable(),
  is_hotfix: z.boolean(),
});

const commit = z.object({
  commit_sha: z.string(),
  pull_request_number: count,
  repository: text,
  title: text,
  author: text,
  author_is_bot: z.boolean().nullable(),
  /** Number of the first deploy that shipped it; null if the lead time has no row. */
  first_deploy: count,
  clock: z.enum(["first_commit", "opened", "commit"]).nullable(),
  authored_at: time,
  deployed_at: time,
  lead_time_seconds: z.number().nullable(),
});

const remedy = z.object({
  position: z.coerce.number(),
  change_number: z.coerce.number(),
  reason: z.string(),
  rule: z.string(),
  repository: text,
  pull_request_number: count,
  commit_sha: text,
  failed_at: time,
  recovered_position: count,
  recovered_number: count,
  recovered_at: time,
  is_reason: z.boolean(),
  /** Source and id. */
  incident: text,
});

/** What the metrics know of an attempt to deploy. */
export interface DeploymentFacts {
  attempt: z.infer<typeof attempt>;
  commits: z.infer<typeof commit>[];
  /** Signs that this change failed. */
  signs: z.infer<typeof remedy>[];
  /** Failures of other changes that this deploy ended. */
  ended: z.infer<typeof remedy>[];
}

/** Thrown for text that names no deploy. */
export class DeployNameError extends Error {
  override name = "DeployNameError";
}

/** @throws {DeployNameError} unless the text is `<app>#<number>` or `<app>/<environment>#<number>` */
export function parseDeployName(name: string): DeployName {
  const [, app, environment, number] = /^([^#/\s]+)(?:\/([^#\s]+))?#(\d{1,15})$/.exec(name.trim()) ?? [];
  if (!app || !number)
    throw new DeployNameError(`${JSON.stringify(name)} is not <app>#<number>, e.g. getsentry#87`);
  return { app, number: Number(number), ...(environment !== undefined && { environment }) };
}

const attemptsSql = `SELECT
  deployment.app, deployment.environment, deployment.number, deployment.position, deployment.kind, deployment.sha,
  deployment.deployer, deployment.ended_at, first_live.number AS first_number, live.number AS live_number,
  deployment.change_number, deployment.change_failed, deployment.is_hotfix
FROM product_eng.deployments AS deployment
JOIN product_eng.deployment_attempts AS ordered
  ON ordered.app = deployment.app AND ordered.environment = deployment.environment AND ordered.position = deployment.position
LEFT JOIN product_eng.deployment_attempts AS first_live
  ON first_live.app = deployment.app AND first_live.environment = deployment.environment AND first_live.position = deployment.live_position
LEFT JOIN product_eng.deployment_attempts AS live
  ON live.app = deployment.app AND live.environment = deployment.environment AND live.position = ordered.live_position_before
WHERE deployment.app = @app AND deployment.number = @number AND (@environment = '' OR deployment.environment = @environment)
ORDER BY deployment.environment, deployment.position`;

const commitsSql = `SELECT
  shipped.commit_sha, IFNULL(journey.pull_request_number, shipped.pull_request_number) AS pull_request_number,
  journey.repository, pull.title, journey.author, journey.author_is_bot, journey.deploy_number AS first_deploy,
  journey.clock, journey.authored_at, journey.deployed_at, journey.lead_time_seconds
FROM product_eng.shipped_commits AS shipped
LEFT JOIN product_eng.lead_times AS journey
  ON journey.app = shipped.app AND journey.environment = shipped.environment AND journey.commit_sha = shipped.commit_sha
LEFT JOIN product_eng.pull_requests AS pull
  ON pull.repository = journey.repository AND pull.number = journey.pull_request_number
WHERE shipped.app = @app AND shipped.environment = @environment AND shipped.position = @position
ORDER BY journey.merged_at, shipped.commit_sha, 2`;

const remediesSql = `SELECT
  position, change_number, reason, rule, repository, pull_request_number, commit_sha, failed_at,
  recovered_position, recovered_number, recovered_at, is_reason, incident
FROM product_eng.change_remedies
WHERE app = @app AND environment = @environment AND (position = @position OR recovered_position = @position)
ORDER BY is_reason DESC, recovered_at, rule, pull_request_number`;

/**
 * Reads the attempts with a deploy's number, oldest first: a number that started again has several.
 *
 * @returns none if no deploy to production with the number finished or failed
 */
export async function readDeployment(runQuery: RunQuery, name: DeployName): Promise<DeploymentFacts[]> {
  const { app, environment = "", number } = name;
  const attempts = z.array(attempt).parse(await runQuery(attemptsSql, { app, environment, number }));
  return Promise.all(
    attempts.map(async (each) => {
      const params = { app, environment: each.environment, position: each.position };
      const [commits, remedies] = await Promise.all([
        runQuery(commitsSql, params).then((rows) => z.array(commit).parse(rows)),
        runQuery(remediesSql, params).then((rows) => z.array(remedy).parse(rows)),
      ]);
      return {
        attempt: each,
        // A failed attempt shipped nothing; its position has no rows.
        commits,
        signs: remedies.filter(({ position }) => position === each.position),
        ended: remedies.filter(
          (one) => one.position !== each.position && one.recovered_position === each.position,
        ),
      };
    }),
  );
}
