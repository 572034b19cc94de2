import { type RequestHandler, Router } from "express";

/** A route of the local API, as its index lists it. */
export interface Endpoint {
  method: "GET" | "POST";
  /** In Express's notation: `:id` is a parameter. */
  path: string;
  /** One sentence. */
  summary: string;
  /** Shape of the JSON body, with `?` after an optional field. */
  body?: string;
}

type PathParameters<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Record<Name, string> & PathParameters<Rest>
  : Path extends `${string}:${infer Name}`
    ? Record<Name, string>
    : object;

/** The routes under `/_local`. A route is added with its description, so the index has every route and no other. */
export class LocalApi {
  readonly router = Router();
  readonly endpoints: Endpoint[] = [];

  get<Path extends string>(path: Path, summary: string, handler: RequestHandler<PathParameters<Path>>): void {
    this.endpoints.push({ method: "GET", path, summary });
    this.router.get(path, handler as RequestHandler);
  }

  /** @param described.body shape of the JSON body, if the route reads one */
  post<Path extends string>(
    path: Path,
    described: Pick<Endpoint, "summary" | "body">,
    ...handlers: RequestHandler<PathParameters<Path>>[]
  ): void {
    this.endpoints.push({ method: "POST", path, ...described });
    this.router.post(path, ...(handlers as RequestHandler[]));
  }
}
