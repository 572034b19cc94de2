import type { Deploy } from "../../database/deploys.ts";
import type { CommitDeploy } from "./message-context.ts";

/** A deploy as the messages about its commits tell of it. */
export function commitDeployOf(
  { externalId, status, link, title, duration }: Deploy,
  deployer: CommitDeploy["deployer"],
): CommitDeploy {
  return { number: externalId, status, link, title, duration, deployer };
}
