import { z } from "zod";
import { type DeployStatus, deployStatus } from "../../shared/events/deployment.ts";
import type { FreightEvent } from "../../shared/events/event.ts";
import { toFreightDeployment } from "../../shared/events/read-deployment.ts";
import { badRequest } from "../../shared/webhook/delivery.ts";
import { numeric, optional, parseBody, pointInTime } from "../../shared/webhook/parse-body.ts";

const text = optional(z.string());
/** Some versions of Freight send numbers as strings. */
const wordOrNumber = z.union([z.string(), z.number()]).transform(String);

/** A commit. null, an empty string and git's forty zeros mean that the sender has none. */
const sha = text.transform((value) => (value && !/^0+$/.test(value) ? value : null));

const notification = z.object({
  app_name: z.string().min(1),
  environment: z.string().min(1),
  deploy_number: numeric.pipe(z.int()),
  status: wordOrNumber,
  title: text.transform((value) => value ?? ""),
  date_created: pointInTime,
  date_started: pointInTime,
  date_finished: pointInTime,
  duration: optional(numeric.pipe(z.number().min(0))),
  link: text,
  ref: text,
  sha,
  previous_sha: sha,
  user: text,
  user_id: optional(wordOrNumber),
});

/**
 * Normalizes a notification of Freight's webhook notifier, https://github.com/getsentry/freight
 *
 * @throws {HttpError} 400 if app, environment, number or status is missing or has a wrong type
 */
export function normalize({
  id,
  payload,
  receivedAt,
}: {
  id: string;
  payload: Record<string, unknown>;
  receivedAt: Date;
}): FreightEvent {
  const deploy = parseBody(notification, payload);
  const status = parseDeployStatus(deploy.status, deploy.title);
  const dates = {
    createdAt: deploy.date_created,
    startedAt: deploy.date_started,
    finishedAt: deploy.date_finished,
  };
  const fields = {
    app: deploy.app_name,
    environment: deploy.environment,
    number: deploy.deploy_number,
    status,
    link: deploy.link ?? null,
    ref: deploy.ref ?? null,
    sha: deploy.sha,
    previousSha: deploy.previous_sha,
    ...dates,
  };
  const actor = deploy.user ? { id: deploy.user_id ?? null, name: deploy.user, type: "user" as const } : null;
  return {
    id,
    source: "freight",
    type: `freight.deploy.${status}`,
    subject: `${deploy.app_name}/${deploy.environment}/${deploy.deploy_number}`,
    time: selectTime(status, dates) ?? receivedAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
    actor,
    ...fields,
    title: deploy.title,
    deployment: toFreightDeployment({ ...fields, actor }),
    duration: deploy.duration ?? null,
    payload,
  };
}

function selectTime(
  status: DeployStatus,
  dates: Pick<FreightEvent, "createdAt" | "startedAt" | "finishedAt">,
): string | null {
  if (status === "queued") return dates.createdAt;
  if (status === "started") return dates.startedAt ?? dates.createdAt;
  return dates.finishedAt;
}

/** Freight's NotifierEvent: Freight sends str() of the integer. */
const byNumber: Record<string, DeployStatus | "ended"> = { "0": "started", "1": "ended", "2": "queued" };

/**
 * Parses the status of a deploy. Newer versions of Freight send the word. Older versions send a number, and the same number for
 * every end of a deploy; then the notification's title gives the result.
 *
 * @throws {HttpError} 400 if the status is unknown, or the title does not give the result
 */
export function parseDeployStatus(status: string, title: string): DeployStatus {
  const word = deployStatus.safeParse(
    status.toLowerCase() === "cancelled" ? "canceled" : status.toLowerCase(),
  );
  if (word.success) return word.data;
  const mapped = byNumber[status];
  if (mapped === undefined)
    throw badRequest(`status: not a status of Freight: ${JSON.stringify(status.slice(0, 40))}`);
  return mapped === "ended" ? parseEnd(title) : mapped;
}

function parseEnd(title: string): DeployStatus {
  // The outcome or the user's name follows "[app/env] ". The name may be any text, so the fixed beginnings are checked first.
  const sentence = title.replace(/^\s*\[[^\]]*\]\s*/, "");
  if (/^successfully finished\b/i.test(sentence)) return "finished";
  if (/^failed to finish\b/i.test(sentence)) return "failed";
  if (/\bwas cancell?ed\b/i.test(sentence)) return "canceled";
  throw badRequest("title: does not give the result of the deploy");
}
