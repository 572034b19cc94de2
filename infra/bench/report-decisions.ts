import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkRunPayload } from "../emulators/github/webhooks/check-run.ts";
import { LocalSuite } from "../local/client.ts";
import { type Suite, startSuite } from "../local/suite.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { send } from "../send/send.ts";

const MINUTE_MS = 60_000;
const TIMEOUT_MS = 10_000;

/** The time from a delivery to the message in Slack, in the whole suite on this machine, warm, as a sentence. */
export async function reportDecisions(): Promise<string> {
  process.env.LOG_LEVEL ??= "ERROR";
  const dataDir = await mkdtemp(join(tmpdir(), "bench-"));
  const suite = await startSuite({ port: 0, dataDir, clock: false });
  try {
    const times = await measureDecisions(suite);
    const sorted = times.toSorted((a, b) => a - b);
    const quantile = (q: number) => Math.round(sorted[Math.floor((sorted.length - 1) * q)] ?? 0);
    return `From a failed required check to the message in the channel, ${times.length} times: p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms (aims: 300 ms and 1,000 ms)`;
  } finally {
    await suite.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Master turns red and green again, commit by commit; each red is a new message. */
async function measureDecisions({ url, services }: Suite): Promise<number[]> {
  const local = new LocalSuite(url);
  const github = (await readFunctions()).find(({ name }) => name === "github");
  const slack = services.slack?.current;
  const [, deployed] = services.github?.current.state.repositories ?? [];
  if (!github || !slack || !deployed) throw new Error("The bench needs the local GitHub and Slack");
  const began = Date.now() - deployed.commits.length * MINUTE_MS;
  const complete = async (index: number, conclusion: string) => {
    const startedAt = new Date(began + index * MINUTE_MS).toISOString();
    const payload = checkRunPayload({
      repository: deployed.fullName,
      sender: "getsentry-bot",
      action: "completed",
      id: index + 1,
      name: "getsentry required checks",
      sha: deployed.commits[index]?.sha ?? "",
      branch: "master",
      status: "completed",
      conclusion,
      startedAt,
      completedAt: startedAt,
      jobs: {},
    });
    const body = Buffer.from(JSON.stringify(payload));
    await send(`${url}/github`, github, { body, event: "check_run", id: `bench-${index}` });
  };
  const times: number[] = [];
  for (let index = 0; index + 1 < deployed.commits.length; index += 2) {
    const before = slack.workspace.messages.length;
    const started = performance.now();
    await complete(index, "failure");
    while (slack.workspace.messages.length === before) {
      if (performance.now() - started > TIMEOUT_MS) throw new Error(`Commit ${index} was not posted`);
      await sleep(1);
    }
    // The first one loads what the others use.
    if (index > 0) times.push(performance.now() - started);
    await complete(index + 1, "success");
    await local.idle();
  }
  return times;
}
