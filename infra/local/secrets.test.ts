import { expect, it } from "vitest";
import { readFunctions } from "../manifests/read-functions.ts";
import { provideLocalSecrets } from "./secrets.ts";

const functions = await readFunctions();

it("the local suite provides every secret that a manifest names, apart from the GitHub App's key and the database's password", () => {
  const env: NodeJS.ProcessEnv = {};
  provideLocalSecrets(functions, env);
  const names = new Set(functions.flatMap(({ manifest }) => manifest.secrets));
  for (const name of ["GH_APP_SECRET_KEY", "DB_PASSWORD"]) names.delete(name);
  expect(new Set(Object.keys(env))).toEqual(names);
  expect(env).toMatchObject({
    FREIGHT_WEBHOOK_SECRET: "local-freight-webhook-secret",
    SLACK_BOT_USER_ACCESS_TOKEN: expect.stringMatching(/^xoxb-/),
    GH_APP_IDENTIFIER: expect.stringMatching(/^\d+$/),
  });
});

it("a secret in the environment wins", () => {
  const env: NodeJS.ProcessEnv = { FREIGHT_WEBHOOK_SECRET: "real", GH_WEBHOOK_SECRET: "" };
  provideLocalSecrets(functions, env);
  expect(env).toMatchObject({
    FREIGHT_WEBHOOK_SECRET: "real",
    GH_WEBHOOK_SECRET: "local-github-webhook-secret",
  });
});
