import type { DeadLetterQueue } from "../../shared/dead-letters/dead-letter-queue.ts";
import type { Organization } from "../../shared/organization/organization.ts";
import type { RunQuery } from "./events/read-events.ts";
import type { Person } from "./identity.ts";
import type { ListedFunctions } from "./list-functions.ts";

/** The parts of the suite that the pages read. */
export interface PageContext {
  organization: Organization;
  functions: ListedFunctions;
  query: RunQuery;
  deadLetters: DeadLetterQueue;
}

export interface PageRequest {
  /** Of the path. */
  params: string[];
  /** Of the address. */
  query: Record<string, unknown>;
  /** Of a form. */
  body: Record<string, unknown>;
  person: Person;
}

export interface PageResponse {
  status: number;
  page: React.ReactElement;
}

/** Responds to a request of a verified person. @throws what a store throws */
export type PageHandler = (context: PageContext, request: PageRequest) => Promise<PageResponse>;
