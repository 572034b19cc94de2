import { clipBytes } from "../../shared/events/to-storable.ts";
import { getMainObject, getObject } from "./main-object.ts";
import type { AnyPayload } from "./payload.ts";

/** Pub/Sub allows 1,024 bytes for the value of an attribute; git allows longer refs. */
const MAX_BYTES = 1000;

/**
 * Resolves the subject of a GitHub event: `owner/repo#123` (issue, pull request, discussion), `owner/repo@<sha>` (commit, check,
 * deployment), `owner/repo@<ref>` (push, release), else the repository, the organization or the account. At most 1,000 bytes.
 * Events of one subject arrive in any order.
 */
export function resolveSubject(event: string, payload: Record<string, unknown>, common: AnyPayload): string {
  const repository = common.repository?.full_name;
  if (!repository) return getAccount(payload, common);
  const number = findNumber(payload);
  if (number !== undefined) return `${repository}#${number}`;
  const commit = findCommit(event, payload);
  return commit === undefined ? repository : clipBytes(`${repository}@${commit}`, MAX_BYTES);
}

function getAccount(payload: Record<string, unknown>, common: AnyPayload): string {
  const account = getObject(getObject(payload, "installation"), "account").login;
  return (
    common.organization?.login ||
    (typeof account === "string" ? account : undefined) ||
    common.sender?.login ||
    "github"
  );
}

/** Only these three share one sequence of numbers: a milestone has another. */
function findNumber(payload: Record<string, unknown>): number | undefined {
  const candidates = [
    getObject(payload, "issue").number,
    getObject(payload, "pull_request").number,
    getObject(payload, "discussion").number,
  ];
  return candidates.find((value): value is number => typeof value === "number");
}

function findCommit(event: string, payload: Record<string, unknown>): string | undefined {
  const object = getMainObject(event, payload);
  const candidates = [
    object.head_sha,
    object.commit_id,
    object.tag_name,
    getObject(payload, "deployment").sha,
    payload.ref,
    payload.sha,
  ];
  return candidates.find((value): value is string => typeof value === "string" && value !== "");
}
