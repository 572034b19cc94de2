import { database } from "../../shared/database/database.ts";
import { saveDeploy } from "../../shared/database/deploys.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";

defineSubscriber("deploys", async (event) => {
  if (event.source !== "freight") return;
  // Of itself the same however often and in whatever order it is done.
  await saveDeploy(database(), event);
});
