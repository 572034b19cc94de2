import type { Response } from "express";
import type { ReactElement } from "react";
import { contentSecurityPolicy as policy, renderPage } from "../../shared/console/render-page.ts";
import { localFrame } from "./frame.ts";
import { restoreLiterals } from "./slack/literal.ts";

/**
 * Responds with a page.
 *
 * @param options.styleNonce lets a script add styles with this nonce
 */
export function sendPage(
  response: Response,
  page: ReactElement,
  status = 200,
  { styleNonce }: { styleNonce?: string } = {},
) {
  const allowed = styleNonce
    ? policy.replace("style-src 'self'", `style-src 'self' 'nonce-${styleNonce}'`)
    : policy;
  response
    .status(status)
    .set({ "Content-Security-Policy": allowed, "Cache-Control": "no-store" })
    .type("html")
    .send(restoreLiterals(renderPage(page, localFrame)));
}
