import type { DeadLetterQueue } from "../../shared/dead-letters/dead-letter-queue.ts";
import type { ChangeFeed } from "../local/gateway/change-feed.ts";
import type { DeliveryLog } from "../local/gateway/delivery-log.ts";
import type { Schedules } from "../local/schedules.ts";
import type { Services } from "../local/services.ts";
import type { FunctionFolder } from "../manifests/read-functions.ts";

/** The parts of the running suite that the console shows. */
export interface ConsoleContext {
  functions: FunctionFolder[];
  deliveryLog: DeliveryLog;
  changes: ChangeFeed;
  slack: Services["slack"];
  github: Services["github"];
  schedules: Schedules;
  deadLetters: DeadLetterQueue;
  maxDeliveryAttempts: number;
  /** Directory of the definitions of tables and views. */
  bigqueryDir: string;
  /** The suite's base URL, without a trailing slash. */
  url(): string;
}
