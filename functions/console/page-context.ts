import type { DeadLetterQueue } from "../../shared/dead-letters/dead-letter-queue.ts";
import type { ListLogEntries } from "../../shared/logging/log-reader.ts";
import type { Organization } from "../../shared/organization/organization.ts";
import type { RunQuery } from "./events/read-events.ts";
import type { Person } from "./identity.ts";
import type { ListedFunctions } from "./list-functions.ts";
import type { Scheduler } from "./schedules/scheduler.ts";

/** The parts of the suite that the pages read. */
export interface PageContext {
  organization: Organization;
  functions: ListedFunctions;
  query: RunQuery;
  deadLetters: DeadLetterQueue;
  listLogEntries: ListLogEntries;
  scheduler: Scheduler;
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

/** A page, or the path of the page that the browser is sent to. */
export type PageResponse = { status: number; page: React.ReactElement } | { status: 303; location: string };

/** Responds to a request of a verified person. @throws what a store throws */
export type PageHandler = (context: PageContext, request: PageRequest) => Promise<PageResponse>;
