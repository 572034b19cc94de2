import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type StubPrograms, stubPrograms } from "../../test/support/stub-programs.ts";

let stubs: StubPrograms;
beforeEach(() => {
  stubs = stubPrograms({ gcloud: `if [ "$3" = list ]; then printf '3\\n2\\n'; fi` });
});
afterEach(() => stubs.remove());

async function secrets(args: string[], input: string) {
  const child = spawn(process.execPath, ["--import", "tsx", "infra/secrets/main.ts", ...args], {
    env: { ...process.env, PATH: stubs.path, NODE_OPTIONS: "" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  child.stdin.end(input);
  const [status] = await once(child, "close");
  return { status, output };
}

it("set passes the secret to gcloud on stdin and lists its readers", async () => {
  const { output } = await secrets(["set", "GH_WEBHOOK_SECRET"], "a value\n");
  expect(stubs.calls()).toEqual(["gcloud secrets versions add GH_WEBHOOK_SECRET --data-file=- < a value"]);
  expect(output).toContain("GH_WEBHOOK_SECRET is read by github;");
  expect(output).not.toContain("a value");
});

it("set --generate makes a key of 32 bytes in the form of Standard Webhooks for the jobs that report", async () => {
  const { output } = await secrets(["set", "REPORT_WEBHOOK_SECRET", "--generate"], "");
  const [, key = ""] = /whsec_(\S+)$/m.exec(output) ?? [];
  expect(Buffer.from(key, "base64")).toHaveLength(32);
  expect(stubs.calls()[0]).toContain(`< whsec_${key}`);
});

it("set DB_PASSWORD creates the database's user without showing the password in an argument or leaving it in a file", async () => {
  stubs.remove();
  stubs = stubPrograms({
    gcloud: `for flag in "$@"; do case "$flag" in --flags-file=*) echo "flags: $(cat "\${flag#*=}"), log off: $CLOUDSDK_CORE_DISABLE_FILE_LOGGING" ;; esac; done`,
  });
  const { status, output } = await secrets(["set", "DB_PASSWORD"], 'a "password"');
  expect([status, output]).toEqual([
    0,
    expect.stringContaining('flags: {"--password":"a \\"password\\""}, log off: 1'),
  ]);
  const last = stubs.calls().at(-1) ?? "";
  expect(last).toMatch(/^gcloud sql users create ci-tooling --instance=ci-tooling --flags-file=\S+$/);
  expect(existsSync(last.split("--flags-file=")[1] ?? "")).toBe(false);
});

it("end-rotation disables every version except the newest", async () => {
  await secrets(["end-rotation", "SLACK_SIGNING_SECRET"], "");
  expect(stubs.calls().at(-1)).toBe("gcloud secrets versions disable 2 --secret=SLACK_SIGNING_SECRET");
});

it("set rejects a secret that no function reads and lists the others", async () => {
  const { status, output } = await secrets(["set", "GH_SECRET"], "");
  expect([status, output]).toEqual([1, expect.stringContaining("GH_WEBHOOK_SECRET")]);
  expect(stubs.calls()).toEqual([]);
});
