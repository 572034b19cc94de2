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

const bootstrap = (user: string) => ({
  USER: user,
  BOOTSTRAP_DEV_ENV_URL: `${suite.url}/bootstrap-dev-env`,
  BOOTSTRAP_DEV_ENV_WEBHOOK_SECRET: localSecret("BOOTSTRAP_DEV_ENV_WEBHOOK_SECRET"),
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

describe("the examples of docs/reporting.md", () => {
  it("all run below", () => {
    const languages = ["sh", "yaml", "js", "python"];
    expect(languages.map((language) => examples(language).length)).toEqual([2, 1, 1, 1]);
    expect(page.match(/^```\w+$/gm)).toHaveLength(5);
  });

  it("curl reports a laptop's set-up", async () => {
    const script = `${example("sh", "report()")}\nreport bootstrap_start\nreport bootstrap_end`;
    expect(await shell(script, bootstrap("from-curl"))).toBe("");
    expect(await steps("from-curl")).toEqual([{ event: "bootstrap_start" }, { event: "bootstrap_end" }]);
  });

  it("curl continues and prints the reason when the report is refused", async () => {
    const script = `${example("sh", "report()")}\nreport bootstrap_started\necho went on`;
    expect(await shell(script, bootstrap("refused"))).toMatch(/^went on\n.*error: 400/s);
  });

  it("curl reports a deploy by a tool other than Freight", async () => {
    const [sha, previous] = ["a".repeat(40), "b".repeat(40)];
    const reports = ["queued", "started", "finished"].map(
      (status) => `report_deploy ${status} 77 ${sha} ${previous}`,
    );
    const output = await shell([example("sh", "report_deploy()"), ...reports].join("\n"), {
      APP: "mobile",
      USER: "mira",
      FREIGHT_FUNCTION_URL: `${suite.url}/freight`,
      FREIGHT_WEBHOOK_SECRET: localSecret("FREIGHT_WEBHOOK_SECRET"),
    });
    expect(output).toBe("");
    expect(
      await query(
        `SELECT status, sha, previous_sha, deployer, queue_seconds >= 0 AS queued, run_seconds >= 0 AS took
         FROM product_eng.deploys WHERE app = 'mobile'`,
      ),
    ).toEqual([
      { status: "finished", sha, previous_sha: previous, deployer: "mira", queued: true, took: true },
    ]);
  });

  it.each([
    ["of a pull request", "22431", 22431],
    ["of a push", "-1", -1],
  ])("a GitHub Actions step reports %s", async (_, pullRequest, number) => {
    const commit = `from-actions-${number}`;
    const values: Record<string, string> = {
      "vars.WEBPACK_URL": `${suite.url}/webpack`,
      "secrets.SENTRY_WEBPACK_WEBHOOK_SECRET": localSecret("SENTRY_WEBPACK_WEBHOOK_SECRET"),
      "github.event.number || -1": pullRequest,
      "github.event.pull_request.head.sha || github.sha": commit,
    };
    const [step] = parse(example("yaml", "run: |")) as {
      env: Record<string, string>;
      run: string;
    }[];
    const env = Object.entries(step?.env ?? {}).map(([name, expression]) => {
      const inner = /^\$\{\{ (.*) \}\}$/.exec(expression)?.[1] ?? "";
      const value = values[inner];
      if (value === undefined) throw new Error(`The step reads ${inner}, which this test does not know`);
      return [name, value];
    });
    writeFileSync(join(dir, "stats.json"), JSON.stringify(stats));
    await shell(step?.run ?? "", Object.fromEntries(env));
    expect(await sizes(commit)).toEqual(reportedOf(number));
  });

  it("Node sends the same report again when it was not stored", async () => {
    writeFileSync(join(dir, "report-asset-sizes.mjs"), example("js", "createHmac"));
    writeFileSync(join(dir, "stats.json"), JSON.stringify(stats));
    const busy = await busyAtFirst(`${suite.url}/webpack`);
    const output = await start(process.execPath, ["report-asset-sizes.mjs", "stats.json"], {
      WEBPACK_URL: busy.url,
      SENTRY_WEBPACK_WEBHOOK_SECRET: localSecret("SENTRY_WEBPACK_WEBHOOK_SECRET"),
      COMMIT: "from-node",
      PULL_REQUEST: "7",
    });
    busy.stop();
    expect(output).toMatch(/^Asset sizes: 503 .*\nAsset sizes: 202 /);
    expect(await sizes("from-node")).toEqual(reportedOf(7));
  });

  it("Python reports bundle sizes", async () => {
    writeFileSync(join(dir, "bootstrap.py"), example("python", "contextmanager"));
    expect(await start("python3", ["bootstrap.py"], bootstrap("from-python"))).toBe("Setting up\n");
    expect(await steps("from-python")).toEqual([{ event: "bootstrap_start" }, { event: "bootstrap_end" }]);
  });

  it("Python continues and prints the reason when the server is unreachable", async () => {
    writeFileSync(join(dir, "bootstrap.py"), example("python", "contextmanager"));
    const env = { ...bootstrap("unheard"), BOOTSTRAP_DEV_ENV_URL: "http://127.0.0.1:9/" };
    expect(await start("python3", ["bootstrap.py"], env)).toMatch(/The set-up is not counted.*Setting up/s);
  });
});
