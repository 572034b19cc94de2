import type { CommitDeploy } from "../../shared/slack/deploy-ready-message/deploy-ready-context.ts";

type Attempt = Pick<CommitDeploy, "number" | "status">;

/**
 * Whether a message has to be drawn again for what is known of a deploy of its commit. Whatever the order in which deploys are reported:
 * what is deployed stays deployed; until then the newest attempt counts.
 *
 * @param shown what the message tells now
 * @param known as far as that deploy has come
 */
export function supersedes(shown: Attempt | null, known: Attempt): boolean {
  if (shown === null) return true;
  if (shown.status === "finished") return false;
  if (known.status === "finished" || known.number > shown.number) return true;
  return known.number === shown.number && known.status !== shown.status;
}
