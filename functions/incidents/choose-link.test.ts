import { describe, expect, it } from "vitest";
import {
  type IncidentState,
  type LinkedDeployment,
  mergeIncident,
} from "../../shared/incidents/incident-state.ts";
import { chooseLink } from "./choose-link.ts";

const at = (hour: number) => `2026-11-02T${String(hour).padStart(2, "0")}:00:00.000Z`;
const shas = ["a", "b", "c"].map((digit) => digit.repeat(40));

function deployment(number: number, hour: number, changes: Partial<LinkedDeployment> = {}): LinkedDeployment {
  return {
    ...{ source: "freight", app: "shop", environment: "production", id: `run-${number}`, number, attempt: 1 },
    ...{ sha: shas[number] ?? null, link: null, finishedAt: at(hour) },
    ...changes,
  };
}

/** Three deployments: at 8, 10 and 12 o'clock. The incident opens at 11. */
const deployments = [deployment(2, 12), deployment(0, 8), deployment(1, 10)];
const incident: IncidentState = mergeIncident(undefined, {
  at: at(11),
  receivedAt: at(11),
  eventId: "e1",
  incident: {
    ...{ id: "1", title: null, severity: null, status: "opened", openedAt: at(11), resolvedAt: null },
    ...{ link: null, service: "shop", sha: null, release: null, deploymentId: null },
  },
});

describe("chooseLink", () => {
  it.each<[string, Partial<IncidentState>, number | null, string]>([
    ["names the id of one", { deploymentId: "run-0" }, 0, "deployment"],
    ["names the number of one", { deploymentId: "2" }, 2, "deployment"],
    ["names a commit", { sha: shas[0] ?? "" }, 0, "sha"],
    ["names a shortened commit", { sha: "ccccccc" }, 2, "sha"],
    ["names a release that is a commit", { release: shas[0] ?? "" }, 0, "release"],
    ["names a release that is an id", { release: "run-2" }, 2, "release"],
    ["names nothing", {}, 1, "latest"],
    ["names something unknown", { sha: "dddddddd", release: "shop@1.2.3", deploymentId: "9" }, 1, "latest"],
    ["names too few characters of a commit", { sha: "aaaaaa" }, 1, "latest"],
    ["opened at the moment when one finished", { openedAt: at(12) }, 2, "latest"],
    ["opened before all", { openedAt: at(7) }, null, "none"],
    ["has no known opening", { openedAt: null }, null, "none"],
  ])("an incident that %s is linked to it, or else by time", (_, changes, number, reason) => {
    expect(chooseLink({ ...incident, ...changes }, deployments, 24)).toMatchObject({
      deployment: number === null ? null : { number },
      linkReason: reason,
    });
  });

  it.each([
    [0.5, null],
    [1, 1],
    [0, null],
  ])("within a window of %d hours, the last deployment is %j", (hours, number) => {
    expect(chooseLink(incident, deployments, hours).deployment?.number ?? null).toBe(number);
  });

  it("a named deployment may be older than the window", () => {
    expect(chooseLink({ ...incident, deploymentId: "run-0" }, deployments, 0).linkReason).toBe("deployment");
  });

  it("a commit that was deployed twice is linked to the first deployment of it", () => {
    const again = deployment(5, 10, { sha: shas[0] ?? null });
    expect(
      chooseLink({ ...incident, sha: shas[0] ?? "" }, [again, ...deployments], 24).deployment?.number,
    ).toBe(0);
  });

  it("the last attempt of a named deployment counts", () => {
    const again = deployment(0, 9, { attempt: 2 });
    expect(
      chooseLink({ ...incident, deploymentId: "run-0" }, [again, ...deployments], 24).deployment?.attempt,
    ).toBe(2);
  });

  it("a commit inside a deployment is linked to the one that GitHub says shipped it", () => {
    const [shippedBy = null] = deployments;
    const link = chooseLink({ ...incident, sha: "d".repeat(40) }, deployments, 24, shippedBy);
    expect(link).toEqual({ deployment: shippedBy, linkReason: "sha" });
  });

  it("a link is replaced only for a stronger reason", () => {
    const linked = { ...incident, ...chooseLink(incident, deployments, 24) };
    const later = [deployment(9, 11), ...deployments];
    expect(chooseLink(linked, later, 24).deployment?.number).toBe(1);
    expect(chooseLink({ ...linked, deploymentId: "run-0" }, later, 24).deployment?.number).toBe(0);
  });

  it("nothing links an incident again after a member removed the link", () => {
    const removed = { ...incident, linkReason: "unlinked" as const, deploymentId: "run-0" };
    expect(chooseLink(removed, deployments, 24)).toEqual({ deployment: null, linkReason: "unlinked" });
  });
});
