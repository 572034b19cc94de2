import type { RequestHandler } from "express";

export interface GitHubFault {
  /** Requests whose path contains this. */
  path: string;
  /** Breaks the connection off, or answers with a status. */
  kind: "drop" | "status";
  /** For `status`; 500 otherwise. */
  status?: number;
  /** How often; always otherwise. */
  times?: number;
}

/** Has requests fail in ways that real ones do. */
export class Faults {
  #faults: (GitHubFault & { left: number })[] = [];

  add(fault: GitHubFault) {
    this.#faults.push({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear() {
    this.#faults = [];
  }

  readonly handler: RequestHandler = (request, response, next) => {
    const fault = this.#faults.find(({ path, left }) => left > 0 && request.path.includes(path));
    if (!fault) return next();
    fault.left--;
    if (fault.kind === "drop") return void request.socket.destroy();
    response
      .status(fault.status ?? 500)
      .json({ message: "A fault that a test asked for", status: String(fault.status ?? 500) });
  };
}
