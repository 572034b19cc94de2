import type { RequestHandler } from "express";

export interface GitHubFault {
  /** Applies to requests whose path contains this. */
  path: string;
  /** `drop` closes the connection, `status` responds with a status. */
  kind: "drop" | "status";
  /** For `status`; 500 by default. */
  status?: number;
  /** Number of requests that fail; unlimited by default. */
  times?: number;
}

/** Makes requests fail in ways that requests to the real GitHub fail. */
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
      .json({ message: "Injected fault", status: String(fault.status ?? 500) });
  };
}
