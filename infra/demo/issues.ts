import type { DayClock } from "./day-clock.ts";
import type { DemoDelivery } from "./delivery.ts";
import { accountPayload, githubDelivery } from "./github-delivery.ts";

export interface DemoIssue {
  /** owner/name */
  repository: string;
  number: number;
  title: string;
  /** Login. */
  author: string;
  /** Minutes since midnight, as all moments here. */
  opened: number;
}

interface Act {
  at: number;
  /** Login. */
  by: string;
}

export function issueOpened(clock: DayClock, issue: DemoIssue): DemoDelivery {
  return aboutIssue(clock, issue, "opened", { at: issue.opened, by: issue.author });
}

export function issueClosed(clock: DayClock, issue: DemoIssue, act: Act): DemoDelivery {
  return aboutIssue(clock, issue, "closed", act);
}

/** @param issue or pull request: GitHub's comments are the same on both */
export function commentDelivery(clock: DayClock, issue: DemoIssue, { at, by }: Act): DemoDelivery {
  const { repository, number } = issue;
  const id = 800_000_000 + clock.number(`comment ${repository} ${number} ${by} ${at}`, 100_000_000);
  const written = clock.at(at);
  return githubDelivery(clock, {
    event: "issue_comment",
    key: `comment ${id}`,
    label: `${by} comments on ${repository}#${number}`,
    repository,
    sender: by,
    body: {
      action: "created",
      issue: { ...issuePayload(clock, issue), updated_at: written },
      comment: {
        id,
        html_url: `https://github.com/${repository}/issues/${number}#issuecomment-${id}`,
        user: accountPayload(by),
        created_at: written,
        updated_at: written,
        body: "Thank you, we are looking into it.",
      },
    },
  });
}

function aboutIssue(clock: DayClock, issue: DemoIssue, action: string, { at, by }: Act): DemoDelivery {
  const { repository, number } = issue;
  const closed = action === "closed" ? { state: "closed", closed_at: clock.at(at) } : {};
  return githubDelivery(clock, {
    event: "issues",
    key: `issues ${repository} ${number} ${action}`,
    label: `${repository}#${number} ${action}`,
    repository,
    sender: by,
    body: { action, issue: { ...issuePayload(clock, issue), updated_at: clock.at(at), ...closed } },
  });
}

function issuePayload(clock: DayClock, { repository, number, title, author, opened }: DemoIssue) {
  return {
    id: 900_000_000 + clock.number(`issue ${repository} ${number}`, 90_000_000),
    url: `https://api.github.com/repos/${repository}/issues/${number}`,
    html_url: `https://github.com/${repository}/issues/${number}`,
    number,
    title,
    user: accountPayload(author),
    state: "open",
    locked: false,
    labels: [],
    assignees: [],
    comments: 0,
    created_at: clock.at(opened),
    closed_at: null,
    body: "",
  };
}
