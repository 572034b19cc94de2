import { z } from "zod";
import type { Deployment, DeployStatus } from "../../shared/events/deployment.ts";
import type { GoCDEvent } from "../../shared/events/gocd-event.ts";

import { type Deployable, findPipeline, PRODUCTION } from "../../shared/organization/deployment-targets.ts";
import { isSameRepository } from "../../shared/organization/services.ts";
import { numeric, optional, parseBody } from "../../shared/webhook/parse-body.ts";
import { parseTime } from "./parse-time.ts";

const text = optional(z.string());
const time = text.transform(parseTime);
const counter = numeric.pipe(z.int().min(1));

const notification = z.object({ type: z.string().min(1).max(100) });

/** https://plugin-api.gocd.org/current/notifications/#stage-status-changed */
const stageNotification = z.object({
  data: z.object({
    pipeline: z.object({
      name: z.string().min(1),
      counter,
      group: text,
      "build-cause": optional(
        z.array(
          optional(
            z.object({
              material: optional(
                z.object({
                  type: text,
                  "git-configuration": optional(z.object({ url: text, branch: text })),
                }),
              ),
              changed: optional(z.boolean()),
              modifications: optional(z.array(z.object({ revision: text }))),
            }),
          ),
        ),
      ),
      stage: z.object({
        name: z.string().min(1),
        counter,
        state: z.string().min(1),
        "approved-by": text,
        "create-time": time,
        "last-transition-time": time,
      }),
    }),
  }),
});

type Materials = NonNullable<GoCDEvent["materials"]>;

/**
 * Normalizes a notification of GoCD's webhook notifier: `{"type": "stage" | "agent", "data"}`.
 *
 * @param services name the pipelines that deploy, and the stage that completes a deployment
 * @throws {HttpError} 400 if the type is missing, or a stage lacks its name, counter or state or those of its pipeline
 */
export function normalize({
  id,
  payload,
  receivedAt,
  services = [],
}: {
  id: string;
  payload: Record<string, unknown>;
  receivedAt: Date;
  services?: Deployable[];
}): GoCDEvent {
  const { type } = parseBody(notification, payload);
  const common = { id, source: "gocd" as const, event: type, receivedAt: receivedAt.toISOString(), payload };
  if (type !== "stage")
    return {
      ...common,
      type: `gocd.${type}`,
      subject: type,
      time: common.receivedAt,
      actor: null,
      deployment: null,
    };
  const { pipeline } = parseBody(stageNotification, payload).data;
  const stage = {
    name: pipeline.stage.name,
    counter: pipeline.stage.counter,
    state: pipeline.stage.state.toLowerCase(),
    createdAt: pipeline.stage["create-time"],
    lastTransitionAt: pipeline.stage["last-transition-time"],
  };
  const approver = readApprover(pipeline.stage["approved-by"]);
  const materials = readMaterials(pipeline["build-cause"]);
  const fields = {
    pipeline: { name: pipeline.name, counter: pipeline.counter, group: pipeline.group ?? null },
    stage,
  };
  return {
    ...common,
    ...fields,
    materials,
    type: `gocd.stage.${stage.state}`,
    // GoCD's locator of a stage.
    subject: [pipeline.name, pipeline.counter, stage.name, stage.counter].join("/"),
    time: (stage.state === "building" ? stage.createdAt : stage.lastTransitionAt) ?? common.receivedAt,
    actor: approver === null ? null : { id: null, name: approver, type: "user" },
    deployment: toDeployment({ ...fields, materials, approver }, services),
  };
}

/** GoCD's words for a stage that no person approved: a change or the clock started it, or the server has no users. */
const NOBODY = new Set(["changes", "timer", "anonymous", "default", "cruise"]);

function readApprover(approvedBy: string | null | undefined): string | null {
  return approvedBy && !NOBODY.has(approvedBy) ? approvedBy : null;
}

type BuildCause = z.infer<typeof stageNotification>["data"]["pipeline"]["build-cause"];

function readMaterials(causes: BuildCause): Materials {
  return (causes ?? []).flatMap((cause) => {
    if (!cause?.material) return [];
    const { type, "git-configuration": git } = cause.material;
    return [
      {
        type: type ?? null,
        repository: /[/:]([^/:\s]+\/[^/:\s]+?)(?:\.git)?\/?$/.exec(git?.url ?? "")?.[1] ?? null,
        branch: git?.branch ?? null,
        revision: cause.modifications?.[0]?.revision ?? null,
        changed: cause.changed ?? null,
      },
    ];
  });
}

interface Stage {
  pipeline: NonNullable<GoCDEvent["pipeline"]>;
  stage: NonNullable<GoCDEvent["stage"]>;
  materials: Materials;
  approver: string | null;
}

/**
 * The deployment that a stage is part of. It starts with each stage that starts, fails or is canceled with any stage, and finishes with the
 * last one. GoCD does not report that a pipeline waits.
 *
 * @returns null for a pipeline that no service names, and for a stage that passes before the last one
 */
function toDeployment(
  { pipeline, stage, materials, approver }: Stage,
  services: Deployable[],
): Deployment | null {
  const found = findPipeline(pipeline.name, services);
  if (!found) return null;
  const { service, lastStage } = found;
  const status = toStatus(stage.state, stage.name === lastStage);
  if (!status) return null;
  const material = materials.find(
    ({ repository }) => repository !== null && isSameRepository(repository, service.repository),
  );
  return {
    app: service.name,
    environment: PRODUCTION,
    id: `${pipeline.name}/${pipeline.counter}`,
    number: pipeline.counter,
    status,
    sha: material?.revision ?? null,
    previousSha: null,
    ref: material?.branch ?? null,
    actor: approver,
    link: null,
    createdAt: null,
    startedAt: stage.createdAt,
    finishedAt: status === "started" ? null : stage.lastTransitionAt,
  };
}

function toStatus(state: string, isLast: boolean): DeployStatus | null {
  switch (state) {
    case "building":
      return "started";
    case "passed":
      return isLast ? "finished" : null;
    case "failed":
      return "failed";
    case "cancelled":
      return "canceled";
    default:
      return null;
  }
}
