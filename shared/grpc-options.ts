/** DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, UNAVAILABLE, https://grpc.io/docs/guides/status-codes/ */
const TEMPORARY_CODES = [4, 8, 14];
/** Attempts that fit into the deadline of a call: a request on a dead connection must leave time for a second one. */
const ATTEMPTS = 3;

/**
 * gRPC channel options. By default gRPC waits up to two minutes before it reconnects to a server, and notices a dead connection after
 * five minutes. An instance whose CPU was taken away between two requests often finds its connection dead.
 * gRPC pings only while a call waits for its response: https://grpc.io/docs/guides/keepalive/
 */
export const channelOptions = {
  "grpc.keepalive_time_ms": 1000,
  "grpc.keepalive_timeout_ms": 1000,
  "grpc.initial_reconnect_backoff_ms": 100,
  "grpc.max_reconnect_backoff_ms": 1000,
};

/** Waits and limits in milliseconds for the attempts of one call. Retries stop at the deadline; the clients' defaults continue for ten minutes. */
export function backoffWithin(deadlineMs: number) {
  const attemptMs = Math.floor(deadlineMs / ATTEMPTS);
  return {
    initialRetryDelayMillis: 100,
    retryDelayMultiplier: 1.3,
    maxRetryDelayMillis: 1000,
    initialRpcTimeoutMillis: attemptMs,
    rpcTimeoutMultiplier: 1,
    maxRpcTimeoutMillis: attemptMs,
    totalTimeoutMillis: deadlineMs,
  };
}

/** Options of a call that changes nothing: it is sent again after a temporary failure, until the deadline. */
export function retryReadWithin(deadlineMs: number) {
  return { retry: { retryCodes: TEMPORARY_CODES, backoffSettings: backoffWithin(deadlineMs) } };
}

/**
 * Client options for an emulator, which has no certificate and wants no credentials.
 *
 * @param host `<host>:<port>`, with or without a scheme
 */
export async function describeEmulator(host: string) {
  const { googleAuthLibrary, grpc } = await import("google-gax");
  const { hostname, port } = new URL(host.includes("://") ? host : `http://${host}`);
  return {
    apiEndpoint: hostname,
    port: Number(port),
    sslCreds: grpc.credentials.createInsecure(),
    authClient: new googleAuthLibrary.PassThroughClient(),
  };
}
