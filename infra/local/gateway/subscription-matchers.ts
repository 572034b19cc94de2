import { parseFilter } from "../../emulators/pubsub/filter.ts";
import type { FunctionFolder, Subscription } from "../../manifests/read-functions.ts";

export interface SubscriptionMatcher extends Subscription {
  /** Whether an event passes the filter. Without attributes, only a subscription without a filter matches. */
  matches(attributes: Record<string, string> | undefined): boolean;
}

/** Parses the filter of every subscription of the functions. */
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
