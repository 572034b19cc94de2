import { sign } from "../../functions/github/sign.ts";
import { webhookExamples } from "../../functions/github/webhook-examples.ts";
import { encodeRequest } from "./send-load.ts";

/** The secret of every delivery. */
export const SECRET = "a secret of the bench";

interface CheckRunPayload {
  check_run: { id: number; head_sha: string };
  repository: { full_name: string };
}

/** Octokit's largest example of a check_run: 12 kB. */
const checkRun = webhookExamples
  .filter(({ event }) => event === "check_run")
  .map(({ payload }) => JSON.stringify(payload))
  .reduce((a, b) => (a.length >= b.length ? a : b));

/** Signed deliveries of check runs, each of another commit in another repository, as complete requests. */
export async function signedCheckRuns(count: number): Promise<Buffer[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const payload = JSON.parse(checkRun) as CheckRunPayload;
      payload.check_run.id = 1000 + index;
      payload.check_run.head_sha = String(index).padStart(40, "a");
      payload.repository.full_name = `an-organization/repository-${index}`;
      const body = Buffer.from(JSON.stringify(payload));
      return encodeRequest(
        body,
        await sign({ body, secret: SECRET, event: "check_run", id: `bench-${index}` }),
      );
    }),
  );
}
