import { type ParseArgsConfig, parseArgs } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Thrown for arguments that a program does not accept: one line on stderr and exit status 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

export interface Program<T extends Options, P extends boolean> {
  /** Text that `--help` prints. */
  usage: string;
  /** As `parseArgs` of node:util takes them; `--help` is added. */
  options: T;
  /** Whether the program takes arguments without a flag; without it they are an error. */
  allowPositionals?: P;
  /** The process's arguments unless given. */
  args?: string[];
}

type Arguments<T extends Options, P extends boolean> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: P; strict: true }>
>;

/**
 * Runs a program of the command line.
 *
 * `--help` prints the usage and exits 0. An argument that the program does not accept prints one line and exits 2.
 * An error of `main` prints one line, with the messages of its causes, and exits 1 at once: open connections do not hold the process.
 */
export async function runMain<const T extends Options, const P extends boolean = false>(
  { usage, options, allowPositionals, args = process.argv.slice(2) }: Program<T, P>,
  main: (parsed: Arguments<T, P>) => Promise<void> | void,
): Promise<void> {
  if (isHelpRequested(args)) {
    console.log(usage);
    return;
  }
  try {
    const config = { args, options, allowPositionals: allowPositionals ?? false, strict: true as const };
    await main(parseArguments(config) as Arguments<T, P>);
  } catch (error) {
    console.error(describeError(error));
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}

/** Behind `--` there are values only. */
function isHelpRequested(args: string[]): boolean {
  const end = args.indexOf("--");
  const flags = end < 0 ? args : args.slice(0, end);
  return flags.some((flag) => flag === "--help" || flag === "-h");
}

/** @throws {UsageError} with parseArgs's first sentence; the others explain how to escape a dash */
function parseArguments(config: ParseArgsConfig): unknown {
  try {
    return parseArgs(config);
  } catch (error) {
    const [problem] = (error as Error).message.split(/\. |\.?\n/);
    throw new UsageError(`${problem}. --help lists the options.`);
  }
}

function describeError(error: unknown): string {
  const messages: string[] = [];
  for (let cause = error; cause !== undefined; cause = cause instanceof Error ? cause.cause : undefined) {
    const message = messageOf(cause);
    // Some errors quote their cause already.
    if (message && !messages.some((earlier) => earlier.includes(message))) messages.push(message);
  }
  return messages.join(": ").replaceAll(/\s*\n\s*/g, " ");
}

/** A refused connection is an AggregateError without message, but with a code. */
function messageOf(error: unknown): string {
  return error instanceof Error
    ? error.message || ((error as { code?: string }).code ?? error.name)
    : String(error);
}
