import {
  isLoopback,
  type Refusal,
  type RequestHead,
  refuseBody,
  refuseForeign,
} from "../emulators/lib/refuse-foreign-requests.ts";

/** What a request to the suite's server is for. */
export type Destination = "source" | "subscriber" | "page" | "api";

/**
 * Decides whether the suite's server refuses a request. Sources verify their senders, and are all that a tunnel reaches. Everything else
 * is for this machine only: the console and `/_local` read and write the suite's state.
 */
export function refuseRequest(request: RequestHead, destination: Destination): Refusal | undefined {
  if (destination === "source") return undefined;
  if (!isLoopback(request.headers))
    return { status: 403, error: "Through a tunnel, only the sources respond: POST /<source>" };
  const refusal = refuseForeign(request);
  return refusal ?? (destination === "api" ? refuseBody(request, "json") : undefined);
}
