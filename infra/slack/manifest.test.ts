import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const text = readFileSync(new URL("manifest.json", import.meta.url), "utf8");
const manifest = JSON.parse(text);

/** Scopes that a method needs for its uses here: `https://docs.slack.dev/reference/methods/<method>` lists them. */
const scopesOf: Record<string, string[]> = {
  // .public: the app need not be a member of the channel for red branches.
  "chat.postMessage": ["chat:write", "chat:write.public"],
  "chat.postEphemeral": ["chat:write"],
  "chat.update": ["chat:write"],
  "conversations.history": ["channels:history", "groups:history", "im:history"],
  "conversations.replies": ["channels:history", "groups:history", "im:history"],
  "conversations.join": ["channels:join"],
  "conversations.list": ["channels:read", "groups:read"],
  "conversations.open": ["im:write"],
  // .email: the e-mail address identifies an account.
  "users.info": ["users:read", "users:read.email"],
  "users.list": ["users:read", "users:read.email"],
  "users.lookupByEmail": ["users:read.email"],
  "users.profile.get": ["users.profile:read"],
  "views.open": [],
  "views.publish": [],
  "views.update": [],
};

/** Scopes that an event needs: `https://docs.slack.dev/reference/events/<event>` */
const scopesOfEvents: Record<string, string[]> = {
  app_home_opened: [],
  app_mention: ["app_mentions:read"],
  "message.im": ["im:history"],
  user_change: ["users:read"],
};

/** Methods of Slack's Web API that functions call. */
function methodsUsed(): string[] {
  const files = ["functions", "shared"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .map((file) => join(root, folder, file)),
  );
  const calls =
    /(?<!rest\.)\b((?:chat|conversations|reactions|team|usergroups|users(?:\.profile)?|views)\.[a-z][a-zA-Z]+)\(/g;
  const found = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(calls)].map(([, method]) => method ?? ""),
  );
  return [...new Set(found)].sort();
}

describe("Slack's app manifest", () => {
  it("requests exactly the scopes of the methods and events that the functions use", () => {
    const methods = methodsUsed().map((method) => {
      const scopes = scopesOf[method];
      if (!scopes) throw new Error(`Add the scopes of ${method} to this test and to manifest.json`);
      return scopes;
    });
    const expected = new Set([...Object.values(scopesOf), ...Object.values(scopesOfEvents)].flat());
    const { bot } = manifest.oauth_config.scopes;
    expect(bot).toEqual([...new Set(bot)].sort());
    expect(bot).toEqual(expect.arrayContaining(methods.flat()));
    expect(new Set(bot)).toEqual(expected);
  });

  it("subscribes to the events that it has scopes for", () => {
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(Object.keys(scopesOfEvents));
  });

  it("has only fields and values of Slack's reference", { timeout: 60_000 }, () => {
    // Slack's own declarations of https://docs.slack.dev/reference/app-manifest; TypeScript checks a literal for unknown fields.
    expect(typeErrors(text)).toEqual([]);
    const wrong = text.replace('"app_mention"', '"app_mentioned"').replace('"is_enabled"', '"enabled"');
    expect(typeErrors(wrong).length).toBeGreaterThan(0);
  });
});

/** TypeScript's errors for a manifest as a value of Slack's type. */
function typeErrors(json: string): string[] {
  const path = join(root, "infra/slack/checked-manifest.ts");
  const type = `import("../../node_modules/@slack/web-api/dist/types/request/manifest.js").Manifest`;
  const source = ts.createSourceFile(
    path,
    `export const manifest: ${type} = ${json};`,
    ts.ScriptTarget.ES2023,
  );
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (name, ...rest) => (name === path ? source : getSourceFile.call(host, name, ...rest));
  host.fileExists = (name) => name === path || fileExists.call(host, name);
  const program = ts.createProgram([path], options, host);
  return ts
    .getPreEmitDiagnostics(program, source)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
