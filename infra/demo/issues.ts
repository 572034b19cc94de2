import {
  type IssueDescription,
  issueCommentPayload,
  issuePayload,
} from "../emulators/github/webhooks/issues.ts";
import type { DayClock } from "./day-clock.ts";
import type { DemoDelivery } from "./delivery.ts";
import { githubDelivery } from "./github-delivery.ts";

export interface DemoIssue {
  /** owner/name */
  repository: string;
  number: number;
  title: string;
  /** Login. */
  author: string;
  /** Minutes since midnight. */
  opened: number;
}

interface Act {
  /** Minutes since midnight. */
  at: number;
  /** Login. */
  by: string;
}

export function issueOpened(clock: DayClock, issue: DemoIssue): DemoDelivery {
  return issueDelivery(clock, issue, "opened", { at: issue.opened, by: issue.author });
}

export function issueClosed(clock: DayClock, issue: DemoIssue, act: Act): DemoDelivery {
  return issueDelivery(clock, issue, "closed", act);
}

/** @param issue or pull request: GitHub sends the same event for both */
export function commentDelivery(clock: DayClock, issue: DemoIssue, { at, by }: Act): DemoDelivery {
  const { repository, number } = issue;
  const id = 800_000_000 + clock.number(`comment ${repository} ${number} ${by} ${at}`, 100_000_000);
  const body = "Thank you, we are looking into it.";
  return githubDelivery(clock, {
    event: "issue_comment",
    key: `comment ${id}`,
    label: `${by} comments on ${repository}#${number}`,
    payload: issueCommentPayload(describe(clock, issue), { id, body, at: clock.at(at), sender: by }),
  });
}

function issueDelivery(
  clock: DayClock,
  issue: DemoIssue,
  action: "opened" | "closed",
  { at, by }: Act,
): DemoDelivery {
  const { repository, number } = issue;
  return githubDelivery(clock, {
    event: "issues",
    key: `issues ${repository} ${number} ${action}`,
    label: `${repository}#${number} ${action}`,
    payload: issuePayload(describe(clock, issue), { action, at: clock.at(at), sender: by }),
  });
}

function describe(clock: DayClock, issue: DemoIssue): IssueDescription {
  const { repository, number, title, author, opened } = issue;
  const id = 900_000_000 + clock.number(`issue ${repository} ${number}`, 90_000_000);
  return { repository, id, number, title, author, openedAt: clock.at(opened) };
}
