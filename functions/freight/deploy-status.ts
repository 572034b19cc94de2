import { type DeployStatus, deployStatus } from "../../shared/events/event.ts";
import { badRequest } from "../../shared/webhook/http-error.ts";

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
