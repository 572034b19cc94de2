import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a page of this console sent a request that writes. Browsers send Origin with every POST, so a request without one is refused:
 * IAP accepts the cookie of a person wherever the form is.
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Origin
 */
export function isOwnRequest({ origin, host, "sec-fetch-site": site }: IncomingHttpHeaders): boolean {
  if (site !== undefined && site !== "same-origin") return false;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}
