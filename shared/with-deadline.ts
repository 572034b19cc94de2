/** Thrown by `withDeadline`. */
export class DeadlineError extends Error {
  override name = "DeadlineError";
}

/**
 * Waits for work for a limited time. The work itself goes on.
 *
 * @throws {DeadlineError} after `milliseconds`; what the work throws before that
 */
export async function withDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new DeadlineError(`no response within ${milliseconds} ms`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
