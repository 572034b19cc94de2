import { readFunctions } from "../manifests/read-functions.ts";
import { formatRatio, formatTable } from "./format-table.ts";
import { type ColdTarget, type FirstResponse, measureFirstResponse } from "./measure-first-response.ts";
import { buildTargets, listPeers, TEN_LINES } from "./targets.ts";
import { makeUsefulRequest } from "./useful-request.ts";
import { withStores } from "./with-stores.ts";

/** Rounds of a cold start: it takes less time than a round of load, and varies more. */
const ROUNDS_PER_ROUND = 2;

/** The time to the first useful response of the peers and of every function, as a Markdown table. */
export async function reportFirstResponses(rounds: number): Promise<string> {
  const results = await withStores(async (env) => {
    // The measured functions publish to the sink.
    const { PUBSUB_EMULATOR_HOST: _, ...stores } = env;
    return measureFirstResponse(await listTargets(), rounds * ROUNDS_PER_ROUND + 1, stores);
  });
  const base = results.find(({ name }) => name === TEN_LINES)?.median ?? Number.NaN;
  const table = formatTable<FirstResponse>(results, [
    { heading: "from the start of the process", cell: ({ name }) => name },
    { heading: "first 2xx", cell: ({ median }) => `${Math.round(median)} ms` },
    { heading: "ratio", cell: ({ median }) => formatRatio(median, base) },
    { heading: "least", cell: ({ least }) => `${Math.round(least)} ms` },
  ]);
  return `First useful response, median of ${rounds * ROUNDS_PER_ROUND + 1} rounds (aim for github: 0.70 x)\n\n${table}`;
}

async function listTargets(): Promise<ColdTarget[]> {
  // Nobody but people, who pass Identity-Aware Proxy, gets more of the console than a refusal.
  const functions = (await readFunctions()).filter(({ manifest }) => !("iap" in manifest.trigger));
  const built = await buildTargets();
  const suite = await Promise.all(
    functions.map(async (folder, index) => {
      const target = built[index];
      if (!target) throw new Error(`${folder.name} was not built`);
      return { ...target, request: await makeUsefulRequest(folder, functions) };
    }),
  );
  const github = suite.find((target) => target.function === "github");
  if (!github) throw new Error("There is no function github");
  const peers = await listPeers();
  return [...peers.map((peer) => ({ ...peer, request: github.request })), ...suite];
}
