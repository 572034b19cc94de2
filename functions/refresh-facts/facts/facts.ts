import { ciFacts } from "./ci-facts.ts";
import type { Fact } from "./define-fact.ts";
import { deliveryFacts } from "./delivery-facts.ts";
import { githubFacts } from "./github-facts.ts";

/** Every fact table, in the order in which a refresh merges them. */
export const facts: Fact[] = [...githubFacts, ...ciFacts, ...deliveryFacts];
