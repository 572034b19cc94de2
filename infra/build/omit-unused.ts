import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";
import { keepServices } from "./keep-services.ts";

/** A module of a package that a function loads and never uses, and its replacement. */
interface Replacement {
  /** Matches the module's path. */
  path: RegExp;
  /** CommonJS or ES module. */
  contents: string;
  reason: string;
}

const replacements: Replacement[] = [
  {
    path: /\/zod\/v4\/locales\/index\.js$/,
    contents: 'export { default as en } from "./en.js";',
    reason: "zod loads the error messages of 50 languages; the suite's are English",
  },
  {
    path: /\/google-gax\/build\/src\/(?:iamService|locationService|operationsClient)\.js$/,
    contents:
      "class Unused {} module.exports = { IamClient: Unused, LocationsClient: Unused, OperationsClient: Unused };",
    reason:
      "each client makes clients of access policies, locations and long-running operations; nothing calls them",
  },
  {
    path: /\/google-gax\/build\/protos\/(?:iam_service|locations|operations)\.js$/,
    contents: "module.exports = {};",
    reason: "messages of those three clients, 470 kB",
  },
  {
    path: /\/google-gax\/build\/src\/fallback\.js$/,
    contents: `const { Root } = require("protobufjs");
      module.exports = { protobufFromJSON: (json) => Root.fromJSON(json) };`,
    reason: "HTTP/1.1 instead of gRPC, for browsers; the clients use one function of it",
  },
  {
    path: /\/web-streams-polyfill\//,
    contents: "module.exports = {};",
    reason: "Node has these streams since version 18",
  },
  {
    path: /\/@sentry\/serverless\/cjs\/(?:awslambda|awsservices|gcpfunction\/index)\.js$/,
    contents: "module.exports = {};",
    reason:
      "wrappers of functions, which load Google's and Amazon's clients; shared/observability calls the SDK itself",
  },
  {
    path: /\/localforage\//,
    contents: "module.exports = {};",
    reason: "a browser's storage, for an integration that the suite does not start",
  },
  {
    path: /\/@sentry\/node\/cjs\/integrations\/anr\/worker-script\.js$/,
    contents: 'exports.base64WorkerScript = "";',
    reason: "a second copy of the SDK, as text; the suite does not start that integration",
  },
];

/** Methods that the suite calls, by the path of the description of their API. */
const services: { path: RegExp; kept: Record<string, string[]> }[] = [
  {
    path: /\/@google-cloud\/pubsub\/build\/protos\/protos\.json$/,
    kept: {
      "google.pubsub.v1.Publisher": ["Publish"],
      // For dead letters.
      "google.pubsub.v1.Subscriber": ["Pull", "Acknowledge", "ModifyAckDeadline", "ListSubscriptions"],
    },
  },
  {
    path: /\/@google-cloud\/secret-manager\/build\/protos\/protos\.json$/,
    kept: {
      "google.cloud.secretmanager.v1.SecretManagerService": ["ListSecretVersions", "AccessSecretVersion"],
    },
  },
];

/** Leaves code out of a bundle that its packages load and no function uses: a cold start would compile and run it. */
export const omitUnused: Plugin = {
  name: "omit-unused",
  setup(build) {
    for (const { path, contents } of replacements)
      build.onLoad({ filter: path }, () => ({ contents, loader: "js" }));
    for (const { path, kept } of services)
      build.onLoad({ filter: path }, async (file) => ({
        contents: JSON.stringify(keepServices(JSON.parse(await readFile(file.path, "utf8")), kept)),
        loader: "json",
      }));
  },
};
