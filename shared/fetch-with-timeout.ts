/**
 * `fetch` that gives up after a time, whether it waits for an answer or in the middle of one.
 *
 * @param timeoutMs for the whole of one request
 * @returns a function that throws a DOMException named TimeoutError when the time is over
 */
export function fetchWithTimeout(timeoutMs: number): typeof fetch {
  return (input, init = {}) => {
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = init.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
    return fetch(input, { ...init, signal });
  };
}
