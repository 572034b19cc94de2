import { type Arguments, readText } from "./arguments.ts";
import { SlackError } from "./errors.ts";

interface Page<T> {
  items: T[];
  hasMore: boolean;
  /** Empty on the last page. */
  nextCursor: string;
}

/**
 * Selects one page of a list, https://docs.slack.dev/apis/web-api/pagination
 *
 * @param usual size of the page if no limit is given
 * @param most largest size of a page
 * @throws {SlackError} invalid_cursor, invalid_limit
 */
export function paginate<T>(all: T[], given: Arguments, usual: number, most: number): Page<T> {
  const limit = given.limit === undefined || given.limit === "" ? usual : Number(given.limit);
  if (!Number.isInteger(limit) || limit < 0) throw new SlackError("invalid_limit");
  const start = decodeCursor(readText(given.cursor), all.length);
  const end = start + Math.min(limit === 0 ? usual : limit, most);
  const hasMore = end < all.length;
  return { items: all.slice(start, end), hasMore, nextCursor: hasMore ? encodeCursor(end) : "" };
}

function decodeCursor(cursor: string | undefined, length: number): number {
  if (!cursor) return 0;
  const start = Number(/^next:(\d+)$/.exec(Buffer.from(cursor, "base64").toString("utf8"))?.[1]);
  if (!(start <= length)) throw new SlackError("invalid_cursor");
  return start;
}

function encodeCursor(index: number): string {
  return Buffer.from(`next:${index}`).toString("base64");
}
