import { saveDeploy } from "../../shared/database/deploys.ts";
import { readDeployment } from "../../shared/events/read-deployment.ts";
import { log } from "../../shared/observability/log.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";

defineSubscriber("deploys", async (event) => {
  const deployment = readDeployment(event);
  if (!deployment) return log("DEBUG", "Nothing to store: the event is not about a deployment");
  // Idempotent, and independent of the order of events: no need for processOnce.
  await saveDeploy(event, deployment);
});
