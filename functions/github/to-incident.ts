import { z } from "zod";
import type { Incident } from "../../shared/events/incident.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { isSameName } from "../../shared/organization/services.ts";
import { optional, pointInTime } from "../../shared/webhook/parse-body.ts";

const text = optional(z.string());
const label = z.object({ name: z.string() });

const issuePayload = z.object({
  action: z.string(),
  repository: z.object({ full_name: z.string() }),
  label: optional(label),
  issue: z.object({
    number: z.int(),
    title: text,
    body: text,
    state: text,
    html_url: text,
    labels: optional(z.array(label)),
    created_at: pointInTime,
    updated_at: pointInTime,
    closed_at: pointInTime,
  }),
});

/** Actions after which the issue is not there any more. */
const LEAVING = ["deleted", "transferred"];

/**
 * Reads the incident that an issue is, if it has one of the labels that a service of its repository configures. Without the label it is
 * resolved: it was none. The body names the commit that caused it, if it has a full sha.
 *
 * @returns null for other events and other issues
 */
export function toIncident(
  event: string,
  payload: unknown,
  services: (Pick<Service, "name" | "repository"> & Partial<Pick<Service, "incidents">>)[],
): Incident | null {
  if (event !== "issues") return null;
  const parsed = issuePayload.safeParse(payload);
  if (!parsed.success) return null;
  const { action, repository, issue, label: changed } = parsed.data;
  const matches = ({ name }: { name: string }, labels: string[]) =>
    labels.some((one) => isSameName(one, name));
  const own = services.filter((service) => isSameName(service.repository, repository.full_name));
  const current = own.find(({ incidents }) =>
    (issue.labels ?? []).some((each) => matches(each, incidents?.labels ?? [])),
  );
  const former = own.find(
    ({ incidents }) => action === "unlabeled" && changed && matches(changed, incidents?.labels ?? []),
  );
  const service = current ?? former;
  if (!service) return null;
  const isResolved = issue.state === "closed" || !current || LEAVING.includes(action);
  return {
    id: `${repository.full_name}#${issue.number}`,
    title: issue.title ?? null,
    severity: null,
    status: isResolved ? "resolved" : "opened",
    openedAt: issue.created_at,
    resolvedAt: isResolved ? (issue.closed_at ?? issue.updated_at) : null,
    link: issue.html_url ?? null,
    service: service.name,
    sha: /\b[0-9a-f]{40}\b/.exec(issue.body ?? "")?.[0] ?? null,
    release: null,
    deploymentId: null,
  };
}
