import { type Request, Router } from "express";
import { ExplainPage } from "../../../shared/console/explain-page.tsx";
import { type Explanation, explainDeployment } from "../../../shared/explain/explain-deployment.ts";
import { DeployNameError, parseDeployName, readDeployment } from "../../../shared/explain/read-deployment.ts";
import { runQuery } from "../query/run-query.ts";
import { sendPage } from "../send-page.ts";

/** `GET /explain?deploy=<app>#<n>`: how the metrics count a deploy, and why. */
export function explainRoutes(): Router {
  const router = Router();
  router.get("/explain", async ({ query }: Request, response) => {
    const deploy = typeof query.deploy === "string" ? query.deploy : "";
    if (deploy === "") return sendPage(response, <ExplainPage deploy="" explanations={[]} />);
    const { explanations, error, status } = await explain(deploy);
    const page = { deploy, explanations, ...(error !== undefined && { error }) };
    sendPage(response, <ExplainPage {...page} />, status);
  });
  return router;
}

async function explain(
  deploy: string,
): Promise<{ explanations: Explanation[]; error?: string; status: number }> {
  try {
    const facts = await readDeployment(
      async (sql, params) => (await runQuery(sql, params)).rows,
      parseDeployName(deploy),
    );
    if (facts.length > 0) return { explanations: facts.map(explainDeployment), status: 200 };
    return { explanations: [], error: `No deploy ${deploy} to production finished or failed.`, status: 404 };
  } catch (error) {
    if (!(error instanceof DeployNameError)) throw error;
    return { explanations: [], error: error.message, status: 400 };
  }
}
