import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { freePort } from "../../infra/emulators/lib/free-port.ts";
import { LocalSuite } from "../../infra/local/client.ts";
import { copyPrepared } from "../support/test-suite.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
// Tests start whole processes, some of them several.
vi.setConfig({ testTimeout: 240_000 });

/** The program of npm start without npm's processes, which do not forward every signal. */
const tsx = ["--import", "tsx"];
const file = (name: string) => join(root, "functions", name);

let cwd: string;
let port: number;
let running: ChildProcess | undefined;

beforeEach(async () => {
  // The suite stores its state under the working directory; a developer's own suite may use the checkout's.
  cwd = mkdtempSync(join(tmpdir(), "npm-start-"));
  for (const name of [
    "node_modules",
    "package.json",
    "tsconfig.json",
    "functions",
    "shared",
    "infra",
    "test",
  ])
    symlinkSync(join(root, name), join(cwd, name));
  port = await freePort();
});
afterEach(async () => {
  await stop("SIGKILL");
  rmSync(cwd, { recursive: true, force: true });
});

function environment(): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  // The options for JSX are those of the files behind the links.
  return { PATH, HOME, PORT: String(port), TSX_TSCONFIG_PATH: join(root, "tsconfig.json") };
}

async function start(...args: string[]): Promise<LocalSuite> {
  let output = "";
  running = spawn(process.execPath, [...tsx, join(root, "infra/local/main.ts"), ...args], {
    cwd,
    env: environment(),
  });
  running.stdout?.on("data", (chunk) => {
    output += chunk;
  });
  running.stderr?.on("data", (chunk) => {
    output += chunk;
  });
  await expect.poll(() => output, { timeout: 90_000 }).toContain("npm run demo");
  expect(output).not.toMatch(/warning|error/i);
  return new LocalSuite(`http://localhost:${port}`);
}

async function stop(signal: NodeJS.Signals) {
  const child = running;
  running = undefined;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.kill(signal);
  return exited;
}

async function npmRunSend(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...tsx, join(root, "infra/send/main.ts"), ...args],
    {
      cwd,
      env: environment(),
    },
  );
  return stdout;
}

/** At-least-once delivery may store an event twice after a kill: the deduplicated view is what users read. */
async function stored(suite: LocalSuite): Promise<unknown[]> {
  return (await suite.query("SELECT type FROM product_eng.events_deduplicated ORDER BY type")).map(
    ({ type }) => type,
  );
}

const readme = readFileSync(join(root, "README.md"), "utf8");

/** Runs the commands of README's "Send a webhook" as they are written, and checks what it says of each. */
async function expectReadmeExamples(suite: LocalSuite) {
  const commands = [...readme.matchAll(/^ {4}npm run send -- (.+)$/gm)].map(([, args = ""]) =>
    args.split(" "),
  );
  expect(commands.map(([source]) => source)).toEqual(["github", "freight", "slack"]);
  const ids: string[] = [];
  for (const args of commands) {
    const output = await npmRunSend(...args);
    const [, id = ""] = /^event (\S+)$/m.exec(output) ?? [];
    expect(output).toContain(`${suite.url}/deliveries/event/${encodeURIComponent(id)}\n`);
    ids.push(id);
  }
  await suite.idle();
  const [github, freight, slack] = await Promise.all(ids.map((id) => suite.effects(id)));
  for (const effects of [github, freight, slack])
    expect(effects?.subscribers.filter(({ outcome }) => outcome !== "acknowledged")).toEqual([]);
  expect(github?.messages).toContainEqual(
    expect.objectContaining({
      channel: "#team-engineering",
      text: "getsentry/getsentry@master 4183f2f is failing",
    }),
  );
  const shipped = await suite.query(`SELECT DISTINCT pull_request_number AS pull
    FROM product_eng.deployment_changes WHERE event_id = '${freight?.eventId}' ORDER BY pull`);
  expect(shipped.map(({ pull }) => pull)).toEqual([null, 22436, 22437, 22438, 22439]);
  expect(slack?.messages).toMatchObject([{ text: expect.stringContaining("deploy notifications") }]);

  const [, path = "", type = "", body = ""] =
    /^ {4}curl localhost:3000(\S+) -H 'content-type: (\S+)' -d '(.+)'$/m.exec(readme) ?? [];
  const response = await fetch(`${suite.url}${path}`, {
    method: "POST",
    headers: { "content-type": type },
    body,
  });
  expect(((await response.json()) as { rows: unknown[] }).rows).toContainEqual({
    type: "freight.deploy.finished",
    n: 1,
  });
}

describe("npm start", () => {
  it("keeps its state when it is stopped or killed, and starts empty with --fresh", async () => {
    // A start from nothing is slow: only the last one here, with --fresh, is.
    copyPrepared(join(cwd, ".local"));
    let suite = await start();
    await npmRunSend("freight", file("freight/fixtures/deploy-queued.json"));
    await suite.idle();
    expect(await stop("SIGTERM")).toBe(0);

    suite = await start();
    expect(await stored(suite)).toEqual(["freight.deploy.queued"]);
    expect((await suite.events()).map(({ type, subscribers }) => [type, subscribers[0]?.outcome])).toEqual([
      ["freight.deploy.queued", "acknowledged"],
    ]);
    // Killed right after the response: an accepted delivery must not be lost.
    await npmRunSend("freight", file("freight/fixtures/deploy-started.json"));
    await stop("SIGKILL");

    suite = await start();
    // Less than the ack deadline, 60 s: what the killed process had under way is delivered at once.
    await suite.idle(45_000);
    expect(await stored(suite)).toEqual(["freight.deploy.queued", "freight.deploy.started"]);
    await stop("SIGTERM");

    suite = await start("--fresh");
    expect(await stored(suite)).toEqual([]);
    expect(await suite.events()).toEqual([]);
  });

  it("does what README says of its examples, names a port that is taken, keeps serving there, and replays", async () => {
    copyPrepared(join(cwd, ".local"));
    const suite = await start();
    await expectReadmeExamples(suite);
    const page = await fetch(suite.url, { headers: { accept: "text/html" } });
    expect(page.status).toBe(200);

    const second = promisify(execFile)(process.execPath, [...tsx, join(root, "infra/local/main.ts")], {
      cwd,
      env: environment(),
    });
    await expect(second).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`Port ${port} is taken`),
    });

    const sent = (source: string, name: string, ...args: string[]) => npmRunSend(source, file(name), ...args);
    expect(await sent("webpack", "webpack/fixtures/assets.json")).toMatch(/^202 /);
    expect(await sent("bootstrap-dev-env", "bootstrap-dev-env/fixtures/bootstrap-start.json")).toMatch(
      /^202 /,
    );
    expect(await sent("slack", "slack/fixtures/app-mention.json")).toMatch(/^200 \nevent Ev0MENTION\nhttp/);
    expect(
      await sent("github", "webpack/fixtures/asset.json", "--event", "workflow_dispatch", "--id", "72d3162e"),
    ).toBe(`202 {"id":"72d3162e"}\nevent 72d3162e\n${suite.url}/deliveries/event/72d3162e\n`);

    expect(await suite.replay("72d3162e")).toMatchObject({ status: 202, eventId: "72d3162e" });
    expect(await suite.replay("Ev0MENTION")).toMatchObject({ status: 200, eventId: "Ev0MENTION" });
    const deliveries = (await suite.events()).map(({ source, deliveries }) => `${source} ${deliveries}`);
    // Those of README once, and the replayed ones twice.
    expect(deliveries.toSorted()).toEqual([
      "bootstrap-dev-env 1",
      "freight 1",
      "github 1",
      "github 2",
      "slack 1",
      "slack 2",
      "webpack 1",
    ]);
    await expect(suite.replay("unknown")).rejects.toThrow(/404/);
  });
});

describe("npm run send", () => {
  it.each([
    [["nowhere", "webpack/fixtures/asset.json"], "nowhere is not a source"],
    [["metrics", "webpack/fixtures/asset.json"], "metrics is not a source"],
    [["github", "webpack/fixtures/asset.json"], "add --event"],
    [["freight", "missing.json"], "ENOENT"],
    [["freight", "freight/fixtures/deploy-queued.json"], "Is npm start running?"],
    [
      ["freight", "freight/fixtures/deploy-queued.json", "--url", "https://example.com/freight"],
      "FREIGHT_WEBHOOK_SECRET must be set",
    ],
  ])("%j prints what is wrong", async ([source = "", name = "", ...more], reason) => {
    await expect(npmRunSend(source, file(name), ...more)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(reason),
    });
  });
});
