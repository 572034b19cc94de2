import { type DeployStatus, deployStatus } from "../../shared/events/freight-event.ts";
import { badRequest } from "../../shared/webhook/http-error.ts";

/** Freight's NotifierEvent, sent as str() of the integer. */
const byNumber: Record<string, DeployStatus | "ended"> = { "0": "started", "1": "ended", "2": "queued" };

/**
 * The status of a deploy in one of five words. Newer Freights send the word; older ones a number, and for every end of a deploy
 * the same number, so that only the notification's title tells how it ended.
 *
 * @throws {HttpError} 400 when neither status nor title says it
 */
export function parseDeployStatus(status: string, title: string): DeployStatus {
  const word = deployStatus.safeParse(
    status.toLowerCase() === "cancelled" ? "canceled" : status.toLowerCase(),
  );
  if (word.success) return word.data;
  const numbered = byNumber[status];
  if (numbered === undefined)
    throw badRequest(`status: not one that Freight sends: ${JSON.stringify(status.slice(0, 40))}`);
  return numbered === "ended" ? parseEnd(title) : numbered;
}

function parseEnd(title: string): DeployStatus {
  // After "[app/env] " comes the outcome, or the user's name, which may be any text: so the fixed beginnings first.
  const sentence = title.replace(/^\s*\[[^\]]*\]\s*/, "");
  if (/^successfully finished\b/i.test(sentence)) return "finished";
  if (/^failed to finish\b/i.test(sentence)) return "failed";
  if (/\bwas cancell?ed\b/i.test(sentence)) return "canceled";
  throw badRequest("title: does not say how the deploy ended");
}
