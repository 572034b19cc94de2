/** GitHub's own middleware: verifies, parses and responds. It publishes nothing. */
const { createServer } = require("node:http");

const webhooks = import("@octokit/webhooks");

webhooks.then(({ Webhooks, createNodeMiddleware }) => {
  const receiver = new Webhooks({ secret: process.env.GH_WEBHOOK_SECRET });
  receiver.onAny(async () => {});
  createServer(createNodeMiddleware(receiver, { path: "/" })).listen(Number(process.env.PORT), "127.0.0.1");
});
