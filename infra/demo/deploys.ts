import type { CommitState } from "../emulators/github/state.ts";
import type { DayClock } from "./day-clock.ts";
import { type DemoDelivery, type Scene, toJsonBody } from "./delivery.ts";

export interface DemoDeploy {
  number: number;
  /** Minutes since midnight. */
  start: number;
  /** Minutes in the queue; 0.5 by default. */
  waits?: number;
  /** Minutes, including those in the queue. */
  takes: number;
  outcome: "finished" | "failed" | "canceled";
  environment: string;
  user: string;
  sha: string;
  previousSha: string;
}

/** The deploys of the day. Each delivery is a scene: a deploy is queued, then started, then ended. */
export function deployScenes(clock: DayClock, commits: CommitState[]): { first: Scene[]; second: Scene[] } {
  const sha = (index: number) => commits[index]?.sha ?? "";
  const mira = { environment: "production", user: "mira.okafor@sentry.io" };
  const jonas = { ...mira, user: "jonas.lindqvist@sentry.io" };
  const lena = { ...mira, user: "lena.fischer@sentry.io" };
  const ten = { sha: sha(10), previousSha: sha(0) };
  const staging = { ...mira, environment: "staging", sha: sha(12), previousSha: sha(10) };
  const nineteen = { sha: sha(19), previousSha: sha(10) };
  const scenes = (deploys: DemoDeploy[]) =>
    deploys.flatMap((deploy) => deployDeliveries(clock, deploy).map((delivery) => [delivery]));
  return {
    first: scenes([
      { ...mira, ...ten, number: 101, start: 630, takes: 9, outcome: "finished" },
      { ...staging, number: 55, start: 640, takes: 5, outcome: "finished" },
      { ...jonas, number: 102, start: 720, takes: 4, outcome: "failed", sha: sha(18), previousSha: sha(10) },
      { ...jonas, ...nineteen, number: 103, start: 735, takes: 10, outcome: "finished" },
    ]),
    second: scenes([
      { ...mira, number: 104, start: 840, takes: 2, outcome: "canceled", sha: sha(30), previousSha: sha(19) },
      {
        ...lena,
        number: 105,
        start: 850,
        takes: 11,
        outcome: "finished",
        sha: sha(36),
        previousSha: sha(19),
      },
      { ...lena, number: 106, start: 930, takes: 12, outcome: "failed", sha: sha(42), previousSha: sha(36) },
    ]),
  };
}

/** Freight's three notifications of a deploy: queued, started, and its outcome. */
export function deployDeliveries(clock: DayClock, deploy: DemoDeploy): DemoDelivery[] {
  const { start, waits = 0.5, takes, outcome } = deploy;
  const dates = {
    date_created: clock.at(start),
    date_started: clock.at(start + waits),
    date_finished: clock.at(start + takes),
  };
  const queued = { ...dates, date_started: null, date_finished: null, duration: null };
  const started = { ...dates, date_finished: null, duration: null };
  return [
    notification(deploy, "2", "queued", queued),
    notification(deploy, "0", "started", started),
    notification(deploy, "1", outcome, { ...dates, duration: Math.round((takes - waits) * 60) }),
  ];
}

function notification(
  deploy: DemoDeploy,
  status: string,
  word: string,
  dates: Record<string, unknown>,
): DemoDelivery {
  const link = `https://freight.example.com/deploys/getsentry/${deploy.environment}/${deploy.number}`;
  return {
    source: "freight",
    label: `deploy #${deploy.number} ${word}`,
    body: toJsonBody({
      app_name: "getsentry",
      environment: deploy.environment,
      deploy_number: deploy.number,
      status,
      title: `[getsentry/${deploy.environment}] ${titleOf(word, deploy, link)}`,
      ...dates,
      link,
      params: {},
      ref: "master",
      sha: deploy.sha,
      previous_sha: deploy.previousSha,
      user: deploy.user,
      user_id: "7",
    }),
  };
}

function titleOf(word: string, { user, number, sha }: DemoDeploy, link: string): string {
  const which = `<${link}|#${number}> (${sha.slice(0, 7)})`;
  switch (word) {
    case "finished":
      return `Successfully finished ${user}'s deploy ${which}`;
    case "failed":
      return `Failed to finish ${user}'s deploy ${which}`;
    case "canceled":
      return `${user}'s deploy ${which} was cancelled`;
    default:
      return `${user} ${word} deploy ${which}`;
  }
}
