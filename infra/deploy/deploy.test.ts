import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type StubPrograms, stubPrograms } from "../../test/support/stub-programs.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { readOptions, usage } from "./options.ts";

const sha = "0123456789abcdef0123456789abcdef01234567";
const sources = (await readFunctions()).filter(({ manifest }) => "http" in manifest.trigger);
/** Listens on the given port, like Cloud SQL's Auth Proxy. */
const proxy = `exec node -e 'require("node:net").createServer().listen(Number(process.argv[1]), "127.0.0.1")' "$2"`;

let stubs: StubPrograms;
let deployed: Server;
let status: number;

beforeEach(async () => {
  status = 401;
  deployed = createServer((request, response) => {
    request.resume();
    response.writeHead(status).end();
  });
  deployed.listen(0, "127.0.0.1");
  await once(deployed, "listening");
  const url = `http://127.0.0.1:${(deployed.address() as AddressInfo).port}/`;
  const outputs = {
    release: { value: "none" },
    urls: { value: Object.fromEntries(sources.map(({ name }) => [name, url])) },
    releases_bucket: { value: "releases" },
    database_instance: { value: "p:r:ci-tooling" },
    database_name: { value: "ci-tooling" },
  };
  stubs = stubPrograms({
    terraform: `if [ "$1" = output ]; then echo '${JSON.stringify(outputs)}'; fi`,
    gcloud: `if [ "$1" = secrets ]; then echo "a password"; fi`,
    npm: `if [ -n "$DATABASE_URL" ]; then echo "$DATABASE_URL" >&2; fi`,
    "cloud-sql-proxy": proxy,
  });
});
afterEach(async () => {
  stubs.remove();
  deployed.close();
  await once(deployed, "close");
});

async function deploy(
  ...args: string[]
): Promise<{ status: number | null; output: string; calls: string[] }> {
  const child = spawn(process.execPath, ["--import", "tsx", "infra/deploy/main.ts", ...args], {
    env: {
      ...process.env,
      PATH: stubs.path,
      TERRAFORM_STATE_BUCKET: "state",
      DATABASE_URL: "",
      NODE_OPTIONS: "",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const [code] = await once(child, "close");
  return { status: code, output, calls: stubs.calls().map((call) => call.replace(/--port \d+/, "--port N")) };
}

describe("npm run deploy", () => {
  it("builds, uploads, migrates, applies and tests every URL", { timeout: 60_000 }, async () => {
    const { status: ended, output, calls } = await deploy("--release", sha, "--yes");
    expect(output).toContain("postgres://ci-tooling:a%20password@127.0.0.1:");
    expect(calls).toEqual([
      "terraform init -input=false -backend-config=bucket=state",
      "terraform output -json",
      "npm run --silent build",
      expect.stringMatching(new RegExp(`^gcloud storage cp dist/.*\\.zip gs://releases/${sha}/$`)),
      "gcloud secrets versions access latest --secret=DB_PASSWORD",
      "cloud-sql-proxy --port N p:r:ci-tooling",
      "npm run --silent migrate --",
      `terraform apply -auto-approve -var=release=${sha}`,
      "terraform output -json",
    ]);
    expect(ended).toBe(0);
  });

  it("fails if a source accepts a wrong signature", { timeout: 60_000 }, async () => {
    status = 202;
    const { status: ended, output } = await deploy("--release", sha, "--uploaded", "--yes");
    expect(ended).toBe(1);
    expect(output).toContain("github returned 202 for a wrong signature, not 401");
  });

  it("changes nothing in a dry run", { timeout: 60_000 }, async () => {
    const { calls } = await deploy("--release", sha, "--dry-run");
    expect(calls).toContain("npm run --silent migrate -- --dry-run");
    expect(calls).toContain(`terraform plan -var=release=${sha}`);
    expect(calls.filter((call) => /apply|build|storage/.test(call))).toEqual([]);
  });

  it("creates everything except the functions the first time", { timeout: 60_000 }, async () => {
    const { calls } = await deploy("--first", "--yes");
    expect(calls.slice(1)).toEqual(["terraform apply -auto-approve -var=release=none"]);
  });
});

it("npm run deploy -- --help prints the usage and starts no program", { timeout: 60_000 }, async () => {
  const { status: ended, output, calls } = await deploy("--help");
  expect([ended, output, calls]).toEqual([0, `${usage}\n`, []]);
});

describe("readOptions", () => {
  it("releases the commit that is checked out unless the flags name another", () => {
    expect(readOptions({}, sha).release).toBe(sha);
    expect(readOptions({ release: "abcdef0" }, sha).release).toBe("abcdef0");
  });

  it("rejects a release that is no commit", () => {
    expect(() => readOptions({ release: "latest" }, sha)).toThrow("not the sha of a commit");
  });
});
