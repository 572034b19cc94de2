/**
 * Makes a `fetch` that fails after a timeout, before the response or in the middle of it.
 *
 * @param timeoutMs limit for one request, its response body included
 * @returns a function that throws a DOMException named TimeoutError after the timeout
 */
export function fetchWithTimeout(timeoutMs: number): typeof fetch {
  return (input, init = {}) => {
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = init.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
    return fetch(input, { ...init, signal });
  };
}
