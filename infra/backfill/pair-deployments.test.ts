import { describe, expect, it } from "vitest";
import { normalize } from "../../functions/github/normalize.ts";
import { readConfig } from "../../shared/config.ts";
import type { Event } from "../../shared/events/event.ts";
import { pairDeployments } from "./pair-deployments.ts";

const { services } = readConfig({
  CI_TOOLING_CONFIG: new URL("../../test/fixtures/two-repositories.yaml", import.meta.url).pathname,
});
const at = (minute: number) => `2026-10-20T10:${String(minute).padStart(2, "0")}:00Z`;

interface Reported {
  id?: number;
  sha: string;
  minute: number;
  state?: string;
  environment?: string;
  repository?: string;
}

function status({ id = 1, sha, minute, state = "success", ...more }: Reported): Event {
  const { environment = "production", repository = "getsentry/small" } = more;
  return normalize({
    id: `${id} ${minute}`,
    event: "deployment_status",
    payload: {
      action: "created",
      repository: { id: 1, full_name: repository },
      deployment: { id, sha, environment, created_at: at(0) },
      deployment_status: { id: minute, state, environment, created_at: at(minute) },
    },
    receivedAt: new Date(at(59)),
    services,
  });
}

describe("a finished deployment is paired", () => {
  it.each<[string, Reported[], [string, string | null][]]>([
    [
      "with the one that finished before it",
      [
        { id: 2, sha: "b", minute: 2 },
        { id: 1, sha: "a", minute: 1 },
        { id: 3, sha: "c", minute: 3 },
      ],
      [
        ["a", null],
        ["b", "a"],
        ["c", "b"],
      ],
    ],
    [
      "with none that did not finish",
      [
        { id: 1, sha: "a", minute: 1 },
        { id: 2, sha: "b", minute: 2, state: "failure" },
        { id: 3, sha: "c", minute: 3 },
      ],
      [
        ["a", null],
        ["c", "a"],
      ],
    ],
    [
      "with none of another environment or service",
      [
        { id: 1, sha: "a", minute: 1 },
        { id: 2, sha: "b", minute: 2, environment: "staging" },
        { id: 3, sha: "c", minute: 3, repository: "getsentry/large" },
        { id: 4, sha: "d", minute: 4 },
      ],
      [
        ["a", null],
        ["c", null],
        ["d", "a"],
      ],
    ],
    [
      "once, although its end is reported twice",
      [
        { id: 1, sha: "a", minute: 1 },
        { id: 2, sha: "b", minute: 2 },
        { id: 2, sha: "b", minute: 2 },
      ],
      [
        ["a", null],
        ["b", "a"],
      ],
    ],
    [
      "again, if it brings an old commit back",
      [
        { id: 1, sha: "a", minute: 1 },
        { id: 2, sha: "b", minute: 2 },
        { id: 1, sha: "a", minute: 3 },
      ],
      [
        ["a", null],
        ["b", "a"],
        ["a", "b"],
      ],
    ],
  ])("%s", (_, reported, pairs) => {
    const shipments = pairDeployments(reported.map(status), services);
    expect(shipments.map(({ deployment, previousSha }) => [deployment.sha, previousSha])).toEqual(pairs);
  });
});
