import { fixture } from "../../shared/webhook/read-fixture.ts";

/** What happens to a deployment, in the order in which its tool reports it. */
export type Step = "queued" | "started" | "failed" | "again" | "finished";

export const steps: Step[] = ["queued", "started", "failed", "again", "finished"];

/** Delivery of a step, as the tool sends it. */
export interface StepDelivery {
  body: object;
  /** X-GitHub-Event, GitHub only. */
  event?: string;
}

/** A service of test/fixtures/four-deploy-tools.yaml, and how its tool reports a deployment. */
export interface DeployTool {
  source: string;
  service: string;
  repository: string;
  branch: string;
  check: string;

  /** @param number of the deployment @returns null for a step that the tool does not report */
  report(step: Step, number: number, sha: string, previousSha: string): StepDelivery | null;
}

/** Minutes past 12:00 at which each step happens. */
const minutes: Record<Step, number> = { queued: 11, started: 12, failed: 15, again: 20, finished: 25 };
const at = (step: Step) => `2026-11-02T12:${minutes[step]}:00Z`;

function reportFreight(step: Step, number: number, sha: string, previous_sha: string): StepDelivery {
  // Freight counts another attempt as another deploy.
  const isAgain = step === "again" || step === "finished";
  const status = step === "again" ? "started" : step;
  return {
    body: {
      ...fixture(`freight/deploy-${status}`),
      deploy_number: isAgain ? number + 1 : number,
      status,
      title: "",
      sha,
      previous_sha,
      date_created: at(isAgain ? "again" : "queued"),
      date_started: status === "queued" ? null : at(isAgain ? "again" : "started"),
      date_finished: status === "failed" || status === "finished" ? at(step) : null,
      duration: null,
      link: null,
    },
  };
}

function reportGitHub(step: Step, number: number, sha: string): StepDelivery {
  const created = fixture("github/deployment-created") as { deployment: object };
  const deployment = { ...created.deployment, id: 3_000_000_000 + number, sha, created_at: at("queued") };
  if (step === "queued") return { event: "deployment", body: { ...created, deployment } };
  const sent = fixture("github/deployment-status-success") as { deployment_status: object };
  const state = { started: "in_progress", failed: "failure", again: "in_progress", finished: "success" }[
    step
  ];
  const times = { created_at: at(step), updated_at: at(step) };
  const deployment_status = { ...sent.deployment_status, state, ...times };
  return { event: "deployment_status", body: { ...sent, deployment, deployment_status } };
}

function reportGoCD(step: Step, number: number, sha: string): StepDelivery | null {
  // GoCD does not report that a pipeline waits.
  if (step === "queued") return null;
  const name = {
    started: "stage-building",
    failed: "stage-failed",
    again: "stage-building",
    finished: "stage-passed",
  }[step];
  const sent = structuredClone(fixture(`gocd/${name}`)) as unknown as {
    data: {
      pipeline: {
        counter: string;
        "build-cause": { modifications: object[] }[];
        stage: Record<string, unknown>;
      };
    };
  };
  const { pipeline } = sent.data;
  const isAgain = step === "again" || step === "finished";
  const cause = pipeline["build-cause"][1];
  if (cause) cause.modifications = [{ revision: sha }];
  pipeline.counter = String(number);
  pipeline.stage.counter = step === "again" ? "2" : "1";
  pipeline.stage["create-time"] = at(isAgain ? "again" : "started");
  if (step === "failed" || step === "finished") pipeline.stage["last-transition-time"] = at(step);
  return { body: sent };
}

function reportByJob(step: Step, number: number, sha: string, previous_sha: string): StepDelivery {
  const status = step === "again" ? "started" : step;
  const data = {
    app: "docs",
    environment: "production",
    id: number,
    status,
    sha,
    previous_sha,
    user: "mira.okafor@sentry.io",
  };
  return { body: { type: "deployment", timestamp: at(step), data } };
}

export const tools: DeployTool[] = [
  {
    source: "freight",
    service: "getsentry",
    repository: "getsentry/getsentry",
    branch: "master",
    check: "getsentry required checks",
    report: reportFreight,
  },
  {
    source: "github",
    service: "Billing",
    repository: "getsentry/billing",
    branch: "master",
    check: "ci",
    report: reportGitHub,
  },
  {
    source: "gocd",
    service: "relay",
    repository: "getsentry/relay",
    branch: "master",
    check: "ci",
    report: reportGoCD,
  },
  {
    source: "report",
    service: "docs",
    repository: "getsentry/docs",
    branch: "master",
    check: "ci",
    report: reportByJob,
  },
];
