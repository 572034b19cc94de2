import type { Request, Response } from "express";

const DEFAULT_SIZE = 30;
const MAX_SIZE = 100;

/** Selects one page of a list and sets the Link header: https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export function paginate<T>(request: Request, response: Response, all: T[], defaultSize = DEFAULT_SIZE): T[] {
  const size = Math.min(positive(request.query.per_page) ?? defaultSize, Math.max(MAX_SIZE, defaultSize));
  const number = positive(request.query.page) ?? 1;
  const last = Math.max(1, Math.ceil(all.length / size));
  const links = {
    ...(number < last && { next: number + 1, last }),
    ...(number > 1 && { first: 1, prev: number - 1 }),
  };
  if (Object.keys(links).length > 0)
    response.links(Object.fromEntries(Object.entries(links).map(([rel, n]) => [rel, pageUrl(request, n)])));
  return all.slice((number - 1) * size, number * size);
}

function pageUrl(request: Request, number: number): string {
  const url = new URL(request.originalUrl, `http://${request.headers.host}`);
  url.searchParams.set("page", String(number));
  return url.href;
}

function positive(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}
