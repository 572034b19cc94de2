import { createHash } from "node:crypto";
import type { DayClock } from "./day-clock.ts";
import { type DemoDelivery, toJsonBody } from "./delivery.ts";

export interface GitHubActivity {
  /** X-GitHub-Event. */
  event: string;
  /** Tells the delivery from every other one of the demo. */
  key: string;
  label: string;
  /** owner/name */
  repository: string;
  /** Login of who acts. */
  sender: string;
  /** The event's own part of the payload. */
  body: Record<string, unknown>;
}

/** A delivery of GitHub's, with what is in the payloads of all events. https://docs.github.com/webhooks/webhook-events-and-payloads */
export function githubDelivery(clock: DayClock, activity: GitHubActivity): DemoDelivery {
  const { event, key, label, repository, sender, body } = activity;
  const [owner = ""] = repository.split("/");
  return {
    source: "github",
    event,
    id: clock.id(key),
    label,
    body: toJsonBody({
      ...body,
      repository: { ...repositoryPayload(repository), ...(body.repository as object | undefined) },
      organization: { id: 1_396_951, login: owner },
      sender: accountPayload(sender),
      installation: { id: 1 },
    }),
  };
}

export function repositoryPayload(fullName: string) {
  const [owner = "", name = ""] = fullName.split("/");
  return {
    id: idOf(fullName),
    name,
    full_name: fullName,
    private: name === "getsentry",
    owner: { id: 1_396_951, login: owner, type: "Organization" },
    html_url: `https://github.com/${fullName}`,
    url: `https://api.github.com/repos/${fullName}`,
    default_branch: "master",
  };
}

/** Somebody who has an account. */
export function accountPayload(login: string) {
  return {
    login,
    id: idOf(login),
    type: login.endsWith("[bot]") ? "Bot" : "User",
    html_url: `https://github.com/${login}`,
  };
}

/** The same for the same name, on every day. */
function idOf(name: string): number {
  return Number.parseInt(createHash("sha256").update(name).digest("hex").slice(0, 12), 16) % 100_000_000;
}
