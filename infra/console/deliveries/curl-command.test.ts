import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { fixtureBytes } from "../../../shared/webhook/read-fixture.ts";
import { provideLocalSecrets } from "../../local/secrets.ts";
import { readFunctions } from "../../manifests/read-functions.ts";
import { signFor } from "../../send/send.ts";
import { buildCurlCommand } from "./curl-command.ts";

const functions = await readFunctions();
const fixtures: Record<string, string> = {
  "bootstrap-dev-env": "bootstrap-end",
  freight: "deploy-failed",
  github: "check-run-failed",
  gocd: "stage-failed",
  pagerduty: "ping",
  report: "assets",
  sentry: "issue-resolved",
  slack: "message-im",
  webpack: "asset",
};
const sources = functions.filter(({ manifest }) => "http" in manifest.trigger);
beforeAll(() => provideLocalSecrets(functions));
afterAll(() => void vi.unstubAllEnvs());

/** What curl would send: its headers, and the body on stdin. */
function runInShell(command: string) {
  const curl = 'curl() { printf "body: %s\\n" "$(cat | base64 -w0)"; printf "arg: %s\\n" "$@"; }';
  const output = execFileSync("bash", ["-c", `${curl}\n${command}`], { encoding: "utf8" });
  const args = [...output.matchAll(/^arg: (.*)$/gm)].map(([, arg = ""]) => arg);
  const body = Buffer.from(/^body: (.*)$/m.exec(output)?.[1] ?? "", "base64");
  const headers = args.flatMap((arg, index) => (args[index - 1] === "-H" ? [arg.split(/: (.*)/s)] : []));
  return { body, headers: Object.fromEntries(headers) as Record<string, string> };
}

it.each(sources.map(({ name }) => name))(
  "the shell signs a delivery of %s as its sender does",
  async (name) => {
    const folder = sources.find((each) => each.name === name);
    if (!folder) throw new Error(`There is no function ${name}`);
    const body = Buffer.from(`${fixtureBytes(`${name}/${fixtures[name]}`)}"it's" $HOME`);
    const recorded = await signFor(folder, { body, event: "check_run" });
    const command = await buildCurlCommand(
      folder,
      { number: 7, headers: recorded, body },
      `http://localhost:3000/${name}`,
      { secret: "variable" },
    );
    expect(command).not.toContain(process.env[folder.manifest.secrets[0] ?? ""]);
    const sent = runInShell(command);
    expect(sent.body.equals(body)).toBe(true);
    const timestamp = Object.entries(sent.headers).find(([header]) => header.includes("timestamp"))?.[1];
    const expected = await signFor(folder, {
      body,
      ...(name === "github" && { event: "check_run" }),
      ...(name === "sentry" && { event: "check_run" }),
      id: recorded["x-github-delivery"] ?? recorded["webhook-id"] ?? recorded["request-id"] ?? "",
      ...(timestamp !== undefined && { now: new Date(Number(timestamp) * 1000) }),
    });
    expect(sent.headers).toEqual(expected);
  },
);

it("a signed command has the signature, and never the secret", async () => {
  const [freight, github] = ["freight", "github"].map((name) => sources.find((each) => each.name === name));
  if (!freight || !github) throw new Error("A source is missing");
  const body = Buffer.from("{}");
  const request = { number: 7, headers: { "x-github-event": "push", "x-github-delivery": "one" }, body };
  const command = await buildCurlCommand(github, request, "http://localhost/github", { secret: "signed" });
  expect(runInShell(command).headers).toEqual(await signFor(github, { body, event: "push", id: "one" }));
  await expect(
    buildCurlCommand(freight, { number: 7, headers: {}, body }, "http://localhost/freight", {
      secret: "signed",
    }),
  ).rejects.toThrow("copy it with $FREIGHT_WEBHOOK_SECRET");
});

it("a large body is read from the downloaded file", async () => {
  const github = sources.find(({ name }) => name === "github");
  if (!github) throw new Error("There is no function github");
  const request = { number: 7, headers: {}, body: Buffer.alloc(60_000, "a") };
  const command = await buildCurlCommand(github, request, "http://localhost/github", { secret: "variable" });
  expect(command).toContain("body=$(cat delivery-7.json)");
  expect(command.length).toBeLessThan(1000);
});
