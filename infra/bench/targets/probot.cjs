/** The framework for GitHub Apps: verifies, parses and responds. It publishes nothing. */
const { generateKeyPairSync } = require("node:crypto");
const { createServer } = require("node:http");

const pem = { type: "pkcs1", format: "pem" };
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: pem,
  publicKeyEncoding: pem,
});

import("probot").then(async ({ createNodeMiddleware, createProbot }) => {
  const overrides = { appId: 1, privateKey, secret: process.env.GH_WEBHOOK_SECRET, logLevel: "fatal" };
  const app = (probot) => probot.onAny(async () => {});
  const middleware = await createNodeMiddleware(app, {
    probot: createProbot({ overrides }),
    webhooksPath: "/",
  });
  createServer(middleware).listen(Number(process.env.PORT), "127.0.0.1");
});
