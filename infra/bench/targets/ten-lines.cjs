/** What an engineer writes by hand: verify the signature, publish the body, respond once Pub/Sub has confirmed. */
const { http } = require("@google-cloud/functions-framework");
const { PubSub } = require("@google-cloud/pubsub");

const methods = import("@octokit/webhooks-methods");
const topic = new PubSub().topic("github-events");

http("handler", async (request, response) => {
  const { verify } = await methods;
  const signature = request.headers["x-hub-signature-256"];
  if (!(await verify(process.env.GH_WEBHOOK_SECRET, request.rawBody.toString(), signature)))
    return response.status(401).end();
  const attributes = { event: request.headers["x-github-event"], id: request.headers["x-github-delivery"] };
  await topic.publishMessage({ data: request.rawBody, attributes });
  response.status(202).end();
});
