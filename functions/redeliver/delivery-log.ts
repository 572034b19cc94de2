import type { GitHubClient } from "../../shared/github/installation-client.ts";
import type { Organization } from "../../shared/organization/organization.ts";
import type { Attempt } from "./decide.ts";

const PAGE = 100;

/** GitHub's log of the deliveries of one webhook. */
export interface DeliveryLog {
  /** `github-app`, or the path of a hook in GitHub's API. */
  name: string;
  /** Attempts of three days, newest first, in pages. */
  pages(): AsyncIterable<Attempt[]>;
  /** Asks GitHub for another attempt, which has the same guid. @throws GitHub's errors */
  requestAttempt(deliveryId: string): Promise<void>;
}

interface DeliveryItem {
  id: number;
  guid: string;
  event: string;
  repository_id: number | null;
  status_code: number;
  redelivery: boolean;
  delivered_at: string;
}

/**
 * The log of the App's webhook: https://docs.github.com/rest/apps/webhooks
 *
 * @param github acts as the App
 */
export function appLog(github: GitHubClient): DeliveryLog {
  return createLog(github, "github-app", "/app/hook");
}

/**
 * The log of another webhook: https://docs.github.com/rest/orgs/webhooks, https://docs.github.com/rest/repos/webhooks
 *
 * @param github acts as the App's installation, with the permission to write webhooks
 */
export function hookLogs(
  github: GitHubClient,
  { organization, hooks }: Pick<Organization, "organization" | "hooks">,
): DeliveryLog[] {
  return hooks.map(({ id, repository }) => {
    const name = `${repository === undefined ? `orgs/${organization}` : `repos/${repository}`}/hooks/${id}`;
    return createLog(github, name, `/${name}`);
  });
}

function createLog(github: GitHubClient, name: string, path: string): DeliveryLog {
  return {
    name,
    async *pages() {
      const pages = github.paginate.iterator<DeliveryItem>(`GET ${path}/deliveries`, { per_page: PAGE });
      for await (const { data } of pages) yield data.map((item) => toAttempt(name, item));
    },
    async requestAttempt(deliveryId) {
      // Ids have up to 64 bits, more than a number holds.
      await github.request(`POST ${path}/deliveries/${deliveryId}/attempts`);
    },
  };
}

function toAttempt(log: string, item: DeliveryItem): Attempt {
  return {
    log,
    id: String(item.id),
    guid: item.guid,
    event: item.event,
    repositoryId: item.repository_id === null ? null : String(item.repository_id),
    statusCode: item.status_code,
    isRedelivery: item.redelivery,
    deliveredAt: new Date(item.delivered_at),
  };
}
