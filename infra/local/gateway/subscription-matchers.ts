import { parseFilter } from "../../emulators/pubsub/filter.ts";
import type { FunctionFolder, Subscription } from "../../manifests/read-functions.ts";

export interface SubscriptionMatcher extends Subscription {
  /** Whether an event passes the filter. While its attributes are not known, only subscriptions without one are sure to get it. */
  matches(attributes: Record<string, string> | undefined): boolean;
}

/** Every subscription of the functions with its filter, parsed. */
export function createSubscriptionMatchers(functions: FunctionFolder[]): SubscriptionMatcher[] {
  return functions
    .flatMap(({ subscriptions }) => subscriptions)
    .map((subscription) => {
      const { filter } = subscription;
      if (filter === undefined) return { ...subscription, matches: () => true };
      const passes = parseFilter(filter);
      return { ...subscription, matches: (attributes) => attributes !== undefined && passes(attributes) };
    });
}
