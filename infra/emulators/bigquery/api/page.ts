import { ApiError } from "./api-error.ts";

/** The paging parameters of a request, as they come in a query string or a body. */
export interface PageRequest {
  maxResults?: unknown;
  pageToken?: unknown;
  startIndex?: unknown;
}

/**
 * One page of a list that is at hand. Its token is the position of the next page's first item.
 * @throws {ApiError} 400 for a token or a number that cannot be one
 */
export function pageOf<T>(
  items: readonly T[],
  request: PageRequest,
  maximum = 100_000,
): { page: T[]; nextPageToken: string | undefined } {
  const start = wholeNumber(request.pageToken ?? request.startIndex, "pageToken") ?? 0;
  const size = Math.min(wholeNumber(request.maxResults, "maxResults") ?? maximum, maximum);
  const end = start + size;
  return { page: items.slice(start, end), nextPageToken: end < items.length ? String(end) : undefined };
}

function wholeNumber(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new ApiError(400, "invalid", `Invalid value for ${name}: ${String(value)}`);
  }
  return number;
}
