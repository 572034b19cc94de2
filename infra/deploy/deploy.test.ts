import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readOrganization } from "../../shared/organization/read-organization.ts";
import { type StubPrograms, stubPrograms } from "../../test/support/stub-programs.ts";
import { organizationViews } from "../bigquery/organization-views.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { missingArchives } from "./complete-release.ts";
import { readOptions, usage } from "./options.ts";
import { replacedSubscriptions } from "./replaced-subscriptions.ts";

const sha = "0123456789abcdef0123456789abcdef01234567";
const running = "fedcba9876543210fedcba9876543210fedcba98";
const functions = await readFunctions();
const sources = functions.filter(({ manifest }) => "http" in manifest.trigger);
/** Listens on the given port, like Cloud SQL's Auth Proxy. */
const proxy = `exec node -e 'require("node:net").createServer().listen(Number(process.argv[1]), "127.0.0.1")' "$2"`;

let stubs: StubPrograms;
let deployed: Server;
let status: number;
let folder: string;

beforeEach(async () => {
  status = 401;
  folder = mkdtempSync(join(tmpdir(), "deploy-"));
  deployed = createServer((request, response) => {
    request.resume();
    response.writeHead(status).end();
  });
  deployed.listen(0, "127.0.0.1");
  await once(deployed, "listening");
  const url = `http://127.0.0.1:${(deployed.address() as AddressInfo).port}/`;
  const outputs = {
    release: { value: running },
    subscriptions: { value: { "metrics-github-events": "metrics-github-events" } },
    urls: { value: Object.fromEntries(sources.map(({ name }) => [name, url])) },
    releases_bucket: { value: "releases" },
    database_instance: { value: "p:r:ci-tooling" },
    database_name: { value: "ci-tooling" },
  };
  const replaced = { value: { "metrics-github-events": "metrics-github-events-0a1b2c3d" } };
  const applied = join(folder, "applied");
  stubs = stubPrograms({
    terraform: `if [ "$1" = apply ]; then touch ${applied}; printf "%s\\n" "$TF_VAR_organization_views"; fi
if [ "$1" = output ] && [ -e ${applied} ]; then echo '${JSON.stringify({ ...outputs, subscriptions: replaced })}'
elif [ "$1" = output ]; then echo '${JSON.stringify(outputs)}'; fi`,
    // Google's answer for a release without archives: "One or more URLs matched no objects."
    gcloud: `if [ "$1" = secrets ]; then echo "a password"; fi
if [ "$2" = ls ] && [ "$3" != "gs://releases/${sha}/*.zip" ]; then echo "One or more URLs matched no objects." >&2; exit 1; fi
if [ "$2" = ls ]; then for name in ${functions
      .map(({ name }) => name)
      .filter((name) => name !== "webpack")
      .join(" ")}; do echo "gs://releases/${sha}/$name.zip"; done; fi`,
    npm: `if [ -n "$DATABASE_URL" ]; then echo "$DATABASE_URL" >&2; fi`,
    "cloud-sql-proxy": proxy,
  });
});
afterEach(async () => {
  stubs.remove();
  rmSync(folder, { recursive: true });
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
      `terraform apply -lock-timeout=30m -auto-approve -var=release=${sha}`,
      "terraform output -json",
      expect.stringMatching(
        /^gcloud pubsub subscriptions seek metrics-github-events-0a1b2c3d --time=\d{4}-.*Z$/,
      ),
    ]);
    expect(ended).toBe(0);
  });

  it("creates the views of the organization that CI_TOOLING_CONFIG names", { timeout: 60_000 }, async () => {
    vi.stubEnv("CI_TOOLING_CONFIG", "docs/examples/github-only.yaml");
    const { output } = await deploy("--release", sha, "--yes");
    vi.unstubAllEnvs();
    const [line = ""] = output.split("\n").filter((each) => each.startsWith("{"));
    const organization = readOrganization({ CI_TOOLING_CONFIG: "docs/examples/github-only.yaml" });
    expect(JSON.parse(line)).toEqual(organizationViews(organization));
    expect(line).toContain("STRUCT('acme/shop', 'shop', 'storefront')");
  });

  it("fails if a source accepts a wrong signature", { timeout: 60_000 }, async () => {
    status = 202;
    const { status: ended, output } = await deploy("--release", sha, "--uploaded", "--yes");
    expect(ended).toBe(1);
    expect(output).toContain("github returned 202 for a wrong signature, not 401");
  });

  it("rolls back with the archives that run for functions which the release does not have", {
    timeout: 60_000,
  }, async () => {
    const { status: ended, calls } = await deploy("--release", sha, "--uploaded", "--yes");
    expect(ended).toBe(0);
    expect(calls.filter((call) => /storage|apply|migrate|build/.test(call))).toEqual([
      `gcloud storage ls gs://releases/${sha}/*.zip`,
      `gcloud storage cp gs://releases/${running}/webpack.zip gs://releases/${sha}/`,
      `terraform apply -lock-timeout=30m -auto-approve -var=release=${sha}`,
    ]);
  });

  it("does not roll back to a release without archives", { timeout: 60_000 }, async () => {
    const { status: ended, output, calls } = await deploy("--release", "abcdef0", "--uploaded", "--yes");
    expect([ended, output]).toEqual([1, expect.stringContaining("matched no objects")]);
    expect(calls.filter((call) => /cp|apply/.test(call))).toEqual([]);
  });

  it("changes nothing in a dry run", { timeout: 60_000 }, async () => {
    const { calls } = await deploy("--release", sha, "--dry-run");
    expect(calls).toContain("npm run --silent migrate -- --dry-run");
    expect(calls).toContain(`terraform plan -var=release=${sha}`);
    expect(calls.filter((call) => /apply|build|storage/.test(call))).toEqual([]);
  });

  it("creates everything except the functions the first time", { timeout: 60_000 }, async () => {
    const { calls } = await deploy("--first", "--yes");
    expect(calls.slice(1)).toEqual(["terraform apply -lock-timeout=30m -auto-approve -var=release=none"]);
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

it("seeks back subscriptions with a changed filter, not the added ones", () => {
  const before = { "metrics-github-events": "metrics-github-events", "deploys-freight-events": "deploys-1" };
  const after = { "metrics-github-events": "metrics-github-events", "deploys-freight-events": "deploys-2" };
  expect(replacedSubscriptions(before, { ...after, "new-github-events": "new-1" })).toEqual(["deploys-2"]);
  expect(replacedSubscriptions({}, after)).toEqual([]);
  expect(replacedSubscriptions(null, after)).toEqual(["deploys-2"]);
});

it("copies the archives that a release does not have", () => {
  const uploaded = [`gs://releases/${sha}/github.zip`, `gs://releases/${sha}/slack.zip`];
  expect(missingArchives(uploaded, ["github", "slack", "slack-app"])).toEqual(["slack-app"]);
});
