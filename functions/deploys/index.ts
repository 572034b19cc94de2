import { saveDeploy } from "../../shared/database/deploys.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { isIrrelevant, logIrrelevant } from "../../shared/pubsub/irrelevant.ts";
import { readRelevant } from "./read-relevant.ts";

defineSubscriber("deploys", async (event) => {
  const relevant = readRelevant(event);
  if (isIrrelevant(relevant)) return logIrrelevant(relevant);
  // Idempotent, and independent of the order of events: no need for processOnce.
  await saveDeploy(event, relevant.deployment);
});
