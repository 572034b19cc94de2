import { createHash } from "node:crypto";

/** The fields of a payload that every event has. */
export interface Activity {
  /** owner/name */
  repository: string;
  /** Login of the acting account. */
  sender: string;
}

/**
 * A payload with the properties common to all events, https://docs.github.com/webhooks/webhook-events-and-payloads
 *
 * @param own the properties of this event; those of its `repository` extend the common ones
 */
export function webhookPayload({ repository, sender }: Activity, own: Record<string, unknown>) {
  const [owner = ""] = repository.split("/");
  return {
    ...own,
    repository: { ...repositoryPayload(repository), ...(own.repository as object | undefined) },
    organization: { id: 1_396_951, login: owner },
    sender: accountPayload(sender),
    installation: { id: 1 },
  };
}

/** @param fullName owner/name */
export function repositoryPayload(fullName: string) {
  const [owner = "", name = ""] = fullName.split("/");
  return {
    id: stableId(fullName),
    name,
    full_name: fullName,
    private: name === "getsentry",
    owner: { id: 1_396_951, login: owner, type: "Organization" },
    html_url: `https://github.com/${fullName}`,
    url: `https://api.github.com/repos/${fullName}`,
    default_branch: "master",
  };
}

export function accountPayload(login: string) {
  return {
    login,
    id: stableId(login),
    type: login.endsWith("[bot]") ? "Bot" : "User",
    html_url: `https://github.com/${login}`,
  };
}

/** An id below 100,000,000 that depends on the name only. */
function stableId(name: string): number {
  return Number.parseInt(createHash("sha256").update(name).digest("hex").slice(0, 12), 16) % 100_000_000;
}
