type Reporter = (error: unknown) => void;

let reporter: Reporter | undefined;

/** Where errors are reported to from now on. */
export function setReporter(given: Reporter) {
  reporter = given;
}

/** Reports an error, with what is known about the call; does nothing where nobody is told. */
export function report(error: unknown) {
  reporter?.(error);
}
