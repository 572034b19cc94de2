import type { DayClock } from "./day-clock.ts";
import { type DemoDelivery, json } from "./delivery.ts";

export interface DemoDeploy {
  number: number;
  /** Minutes since midnight. */
  start: number;
  /** Minutes. */
  takes: number;
  outcome: "finished" | "failed" | "canceled";
  environment: string;
  user: string;
  sha: string;
  previousSha: string;
}

/** Freight's notifications of a deploy: queued, started and how it ended. */
export function deployDeliveries(clock: DayClock, deploy: DemoDeploy): DemoDelivery[] {
  const { start, takes, outcome } = deploy;
  const dates = {
    date_created: clock.at(start),
    date_started: clock.at(start + 0.5),
    date_finished: clock.at(start + takes),
  };
  const queued = { ...dates, date_started: null, date_finished: null, duration: null };
  const started = { ...dates, date_finished: null, duration: null };
  return [
    notification(deploy, "2", "queued", queued),
    notification(deploy, "0", "started", started),
    notification(deploy, "1", outcome, { ...dates, duration: Math.round((takes - 0.5) * 60) }),
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
    body: json({
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
