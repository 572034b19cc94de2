import type { ChangeFeed } from "../local/gateway/change-feed.ts";
import type { DeliveryLog } from "../local/gateway/delivery-log.ts";
import type { Services } from "../local/services.ts";
import type { FunctionFolder } from "../manifests/read-functions.ts";

/** The parts of the running suite that the console shows. */
export interface ConsoleContext {
  functions: FunctionFolder[];
  deliveryLog: DeliveryLog;
  changes: ChangeFeed;
  slack: Services["slack"];
  maxDeliveryAttempts: number;
  /** Where tables and views are described. */
  bigqueryDir: string;
  /** Where the suite is reached, without a slash at its end. */
  url(): string;
}
