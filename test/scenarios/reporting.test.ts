import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { listen } from "../../infra/emulators/lib/listen.ts";
import { localSecret } from "../../infra/local/secrets.ts";
import { post } from "../../infra/send/send.ts";
import { stubPrograms } from "../support/stub-programs.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

const run = promisify(execFile);
const page = readFileSync(new URL("../../docs/reporting.md", import.meta.url), "utf8");

let suite: TestSuite;
let dir: string;
beforeAll(async () => {
  suite = await startTestSuite();
});
afterAll(() => suite.stop());
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "reporting-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** The page's examples in one language, verbatim. */
function examples(language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(
    ([, code = ""]) => code,
  );
}

function example(language: string, which: string): string {
  const found = examples(language).find((code) => code.includes(which));
  if (found === undefined) throw new Error(`docs/reporting.md has no example in ${language} with ${which}`);
  return found;
}

/** Runs a program of this machine as a reader of the page would. @throws {Error} naming the program when it is not installed */
async function start(program: string, args: string[], env: Record<string, string>): Promise<string> {
  const { stdout, stderr } = await run(program, args, {
    cwd: dir,
    env: { PATH: process.env.PATH ?? "", ...env },
  });
  return stdout + stderr;
}

const shell = (script: string, env: Record<string, string>) =>
  start("bash", ["--norc", "-eo", "pipefail", "-c", script], env);

const reporter = () => ({
  REPORT_URL: `${suite.url}/report`,
  REPORT_WEBHOOK_SECRET: localSecret("REPORT_WEBHOOK_SECRET"),
});

async function query(sql: string): Promise<unknown[]> {
  await suite.local.idle();
  return suite.local.query(sql);
}

const steps = (user: string) =>
  query(
    `SELECT event FROM product_eng.development_metrics
     WHERE source = 'bootstrap-dev-env' AND JSON_VALUE(meta, '$.username') = '${user}' ORDER BY event DESC`,
  );
const measurements = (name: string) =>
  query(
    `SELECT value, unit, TO_JSON_STRING(dimensions) AS dimensions FROM product_eng.measurements WHERE name = '${name}'`,
  );
const deployments = (app: string) =>
  query(
    `SELECT type, JSON_VALUE(event, '$.deployment.id') AS id, JSON_VALUE(event, '$.deployment.sha') AS sha, actor
     FROM product_eng.events WHERE JSON_VALUE(event, '$.deployment.app') = '${app}' ORDER BY received_at`,
  );
const sizes = (commit: string) =>
  query(
    `SELECT file, size, entrypointName, pull_request_number FROM product_eng.asset_sizes
     WHERE commit = '${commit}' ORDER BY file`,
  );

/** A proxy in front of a function that responds 503 to the first request. */
async function busyAtFirst(url: string) {
  let requests = 0;
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    if (requests++ === 0) return void response.writeHead(503, { "retry-after": "1" }).end("busy");
    const headers = request.headers as Record<string, string>;
    const upstream = await post(url, { ...headers, connection: "close" }, body);
    response.writeHead(upstream.status).end(upstream.body);
  });
  await listen(server);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => server.close(),
  };
}

/** The part of webpack's --json output that the example reads. */
const stats = {
  entrypoints: {
    app: {
      assets: [
        { name: "app.css", size: 210954 },
        { name: "app.js", size: 2154877 },
      ],
    },
    'a "quoted" one': { assets: [{ name: "pipeline.js", size: 12 }] },
  },
};
const reportedOf = (pull_request_number: number) => [
  { file: "app.css", size: 210954, entrypointName: "app", pull_request_number },
  { file: "app.js", size: 2154877, entrypointName: "app", pull_request_number },
  { file: "pipeline.js", size: 12, entrypointName: 'a "quoted" one', pull_request_number },
];

/** A step of a workflow or of a composite action. */
interface Step {
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, string>;
}

const actionFile = new URL("../../.github/actions/report/action.yml", import.meta.url);
const action = parse(readFileSync(actionFile, "utf8")) as {
  inputs: Record<string, { default?: string; required?: boolean }>;
  runs: { steps: Step[] };
};

/** Replaces GitHub's expressions by values. @throws {Error} naming an expression without a value */
function evaluate(text: string, values: Record<string, string>): string {
  return text.replaceAll(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
    const value = values[expression];
    if (value === undefined) throw new Error(`The step reads ${expression}, which this test does not know`);
    return value;
  });
}

function evaluateAll(texts: Record<string, string> = {}, values: Record<string, string>) {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, evaluate(text, values)]));
}

/** Runs the repository's action as GitHub does: inputs without a value have their default. */
async function runAction(given: Record<string, string>): Promise<string> {
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [
      `inputs.${name}`,
      given[name] ?? input.default ?? "",
    ]),
  );
  const outputs = action.runs.steps.map(({ run = "", env }) => shell(run, evaluateAll(env, inputs)));
  return (await Promise.all(outputs)).join("");
}

/** Runs the steps of an example of a workflow. */
async function runSteps(yaml: string, values: Record<string, string>): Promise<string> {
  let output = "";
  for (const step of parse(yaml) as Step[]) {
    if (step.run) output += await shell(step.run, evaluateAll(step.env, values));
    else output += await runAction(evaluateAll(step.with, values));
  }
  return output;
}

const secretsOfWorkflow = () => ({
  "vars.REPORT_URL": reporter().REPORT_URL,
  "secrets.REPORT_WEBHOOK_SECRET": reporter().REPORT_WEBHOOK_SECRET,
});

describe("the examples of docs/reporting.md", () => {
  it("all run below", () => {
    const languages = ["json", "sh", "yaml", "js", "python"];
    expect(languages.map((language) => examples(language).length)).toEqual([1, 2, 3, 1, 1]);
    expect(page.match(/^```\w+$/gm)).toHaveLength(8);
  });

  it("the first report is accepted as it stands", async () => {
    const { status } = await suite.send("report", Buffer.from(example("json", "measurement")));
    expect(status).toBe(202);
    expect(await measurements("docs-build")).toEqual([{ value: 184.2, unit: "seconds", dimensions: "{}" }]);
  });

  it("a workflow that names an environment, or gh, lets GitHub report deployments", async () => {
    const workflow = parse(example("yaml", "environment: production")) as {
      jobs: { deploy: { environment: string } };
    };
    expect(workflow.jobs.deploy.environment).toBe("production");
    const stubs = stubPrograms({ gh: 'case "$2" in *statuses) ;; *) echo 118 ;; esac' });
    await shell(`exec < /dev/null\n${example("sh", "gh api")}`, {
      ...{ PATH: stubs.path, REPOSITORY: "acme/docs", SHA: "6d225cb", JOB_URL: "https://ci.example.com/118" },
    });
    const calls = stubs.calls();
    stubs.remove();
    expect(calls).toEqual([
      expect.stringMatching(
        /^gh api repos\/acme\/docs\/deployments -f ref=6d225cb -f environment=production/,
      ),
      expect.stringMatching(/^gh api repos\/acme\/docs\/deployments\/118\/statuses -f state=in_progress/),
    ]);
  });

  it("curl reports a deployment, and the same id once", async () => {
    const started = String.raw`report docs-7-started deployment "{\"app\":\"from-curl\",\"environment\":\"production\",\"id\":7,\"status\":\"started\",\"sha\":\"$sha\"}"`;
    const script = [example("sh", "report()"), "sha=6d225cb", started, started].join("\n");
    expect(await shell(script, reporter())).toBe("");
    const found = await deployments("from-curl");
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toEqual({ type: "report.deployment.started", id: "7", sha: "6d225cb", actor: null });
    expect(
      await query("SELECT event_id FROM product_eng.events_deduplicated WHERE event_id = 'docs-7-started'"),
    ).toHaveLength(1);
  });

  it("curl continues and prints the reason when the report is refused", async () => {
    const script = `${example("sh", "report()")}\nreport 1 deploy '{}'\necho went on`;
    expect(await shell(script, reporter())).toMatch(/^went on\n.*error: 400/s);
  });

  it("a GitHub Actions step reports a deployment", async () => {
    const output = await runSteps(example("yaml", "type: deployment"), {
      ...secretsOfWorkflow(),
      "toJSON(github.run_id)": '"16903214587"',
      "toJSON(github.sha)": '"6d225cb"',
      "toJSON(github.ref_name)": '"a \\"quoted\\" branch"',
      "toJSON(github.actor)": '"mira"',
    });
    expect(output).toMatch(/^Reported deployment: \{"id":"gha_[0-9a-f]{32}"\}\n$/);
    expect(await deployments("docs")).toEqual([
      { type: "report.deployment.started", id: "16903214587", sha: "6d225cb", actor: "mira" },
    ]);
  });

  it.each([
    ["of a pull request", "22431", 22431],
    ["of a push", "-1", -1],
  ])("GitHub Actions steps report asset sizes %s", async (_, pullRequest, number) => {
    const commit = `from-actions-${number}`;
    writeFileSync(join(dir, "stats.json"), JSON.stringify(stats));
    await runSteps(example("yaml", "type: assets"), {
      ...secretsOfWorkflow(),
      "github.event.number || -1": pullRequest,
      "github.event.pull_request.head.sha || github.sha": commit,
    });
    expect(await sizes(commit)).toEqual(reportedOf(number));
  });

  it("Node sends the same report again when it was not stored", async () => {
    writeFileSync(join(dir, "report.mjs"), example("js", "createHmac"));
    const busy = await busyAtFirst(`${suite.url}/report`);
    const output = await start(process.execPath, ["report.mjs"], { ...reporter(), REPORT_URL: busy.url });
    busy.stop();
    expect(output).toMatch(
      /^Reported incident: 503 .*\nReported incident: 202 .*\nReported measurement: 202 /,
    );
    expect(await measurements("import-rows")).toEqual([
      { value: 1312, unit: null, dimensions: '{"table":"customers"}' },
    ]);
  });

  it("Python reports a laptop's set-up", async () => {
    writeFileSync(join(dir, "bootstrap.py"), example("python", "contextmanager"));
    const env = { ...reporter(), USER: "from-python" };
    expect(await start("python3", ["bootstrap.py"], env)).toBe("Setting up\n");
    expect(await steps("from-python")).toEqual([{ event: "bootstrap_start" }, { event: "bootstrap_end" }]);
  });

  it("Python continues and prints the reason when the server is unreachable", async () => {
    writeFileSync(join(dir, "bootstrap.py"), example("python", "contextmanager"));
    const env = { ...reporter(), USER: "unheard", REPORT_URL: "http://127.0.0.1:9/" };
    expect(await start("python3", ["bootstrap.py"], env)).toMatch(/Not reported.*Setting up/s);
  });
});

describe("the action report", () => {
  const inputs = () => ({
    url: reporter().REPORT_URL,
    secret: reporter().REPORT_WEBHOOK_SECRET,
    type: "measurement",
    data: '{"name": "from-action", "value": 1}',
  });

  it("sends the id that it is given", async () => {
    expect(await runAction({ ...inputs(), id: "nightly-118" })).toBe(
      'Reported measurement: {"id":"nightly-118"}\n',
    );
  });

  it.each([
    [
      "a refused report",
      { data: '{"name": "from-action"}' },
      /::warning::Not reported: .*400.*data: must be/s,
    ],
    ["data that are not JSON", { data: "{" }, /::warning::Not reported: the data are not JSON/],
    ["no data", { data: "" }, /::warning::Not reported: there are no data/],
    ["no secret", { secret: "" }, /::warning::Not reported: the input secret is empty/],
    ["a wrong secret", { secret: "whsec_AAAA" }, /::warning::Not reported: .*401/s],
    ["an unreachable suite", { url: "http://127.0.0.1:9/" }, /::warning::Not reported: /],
  ])("warns about %s", async (_, wrong, warning) => {
    expect(await runAction({ ...inputs(), ...wrong })).toMatch(warning);
  });

  it("fails the step if the report is required", async () => {
    const failed = runAction({ ...inputs(), data: "{", required: "true" });
    await expect(failed).rejects.toMatchObject({
      code: 1,
      stdout: "::error::Not reported: the data are not JSON\n",
    });
  });
});
