import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type StubPrograms, stubPrograms } from "../../test/stub-programs.ts";

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

it("A secret is given to Secret Manager on the standard input, and who reads it is said", async () => {
  const { output } = await secrets(["set", "GH_WEBHOOK_SECRET"], "a value\n");
  expect(stubs.calls()).toEqual(["gcloud secrets versions add GH_WEBHOOK_SECRET --data-file=- < a value"]);
  expect(output).toContain("GH_WEBHOOK_SECRET is read by github;");
  expect(output).not.toContain("a value");
});

it("The database's user is made with its password", async () => {
  await secrets(["set", "DB_PASSWORD"], "a password");
  expect(stubs.calls().at(-1)).toBe(
    "gcloud sql users create ci-tooling --instance=ci-tooling --prompt-for-password < a password",
  );
});

it("The end of a rotation disables every version but the newest", async () => {
  await secrets(["end-rotation", "SLACK_SIGNING_SECRET"], "");
  expect(stubs.calls().at(-1)).toBe("gcloud secrets versions disable 2 --secret=SLACK_SIGNING_SECRET");
});

it("A secret that no function reads is refused, with those that one does", async () => {
  const { status, output } = await secrets(["set", "GH_SECRET"], "");
  expect([status, output]).toEqual([1, expect.stringContaining("GH_WEBHOOK_SECRET")]);
  expect(stubs.calls()).toEqual([]);
});
