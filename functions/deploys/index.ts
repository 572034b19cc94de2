import { database } from "../../shared/database/database.ts";
import { saveDeploy } from "../../shared/database/deploys.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";

defineSubscriber("deploys", async (event) => {
  if (event.source !== "freight") return;
  // Idempotent, and independent of the order of events: no need for processOnce.
  await saveDeploy(database(), event);
});
