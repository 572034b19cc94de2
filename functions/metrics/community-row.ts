import type { Config } from "../../shared/config.ts";
import type { Event, GitHubEvent } from "../../shared/events/event.ts";
import { isBotLogin } from "../../shared/github/is-bot-login.ts";
import { isMember } from "../../shared/github/is-member.ts";

/** Value of the column user_type. */
export type UserType = "bot" | "internal" | "external";

interface Target {
  target_id: number | null;
  target_name: string | null;
  target_type: string | null;
}

interface Activity extends Target {
  action: string | null;
  object_id: number;
  created_at: string | null;
  updated_at: string | null;
}

const noTarget: Target = { target_id: null, target_name: null, target_type: null };

/** The row of an issue, a comment, a pull request or a review in `github_events`; no row for other events. */
export function toCommunityRows(event: GitHubEvent, userType: UserType | null): Record<string, unknown>[] {
  const activity = describeActivity(event);
  if (!activity) return [];
  return [
    {
      type: event.event,
      username: event.actor?.name ?? null,
      user_id: event.actor?.id ? toInt64(event.actor.id) : null,
      user_type: userType,
      repository: event.repository?.fullName ?? null,
      ...activity,
    },
  ];
}

/** insertAll takes an INT64 as text too, which keeps the digits of an id above 2^53. */
function toInt64(id: string): number | string {
  return Number.isSafeInteger(Number(id)) ? Number(id) : id;
}

/** Whether an event gets a row in `github_events`. */
function isCommunityEvent(event: GitHubEvent): boolean {
  return describeActivity(event) !== null;
}

function describeActivity(event: GitHubEvent): Activity | null {
  switch (event.event) {
    case "issues":
      return event.issue ? issueActivity(event, event.issue) : null;
    case "issue_comment":
      return event.issue && event.comment ? commentActivity(event, event.issue, event.comment) : null;
    case "pull_request":
      return event.pullRequest ? pullRequestActivity(event, event.pullRequest) : null;
    case "pull_request_review":
      return event.pullRequest && event.review
        ? reviewActivity(event, event.pullRequest, event.review)
        : null;
    default:
      return null;
  }
}

function issueActivity(event: GitHubEvent, issue: NonNullable<GitHubEvent["issue"]>): Activity {
  return {
    action: event.action,
    object_id: issue.number,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    ...labelTarget(event),
  };
}

function commentActivity(
  event: GitHubEvent,
  issue: NonNullable<GitHubEvent["issue"]>,
  comment: NonNullable<GitHubEvent["comment"]>,
): Activity {
  return {
    action: event.action,
    object_id: comment.id,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    target_id: issue.number,
    target_name: issue.title,
    target_type: "issue",
  };
}

function pullRequestActivity(event: GitHubEvent, pull: NonNullable<GitHubEvent["pullRequest"]>): Activity {
  const reviewer = pull.requestedReviewer;
  const asksReviewer = event.action?.startsWith("review_request") && reviewer;
  return {
    // GitHub sends `closed` for merged pull requests too.
    action: event.action === "closed" && pull.merged ? "merged" : event.action,
    object_id: pull.number,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    ...(asksReviewer
      ? { target_id: reviewer.id, target_name: reviewer.name, target_type: reviewer.type }
      : labelTarget(event)),
  };
}

function reviewActivity(
  event: GitHubEvent,
  pull: NonNullable<GitHubEvent["pullRequest"]>,
  review: NonNullable<GitHubEvent["review"]>,
): Activity {
  return {
    action: event.action,
    object_id: review.id,
    created_at: review.submittedAt,
    updated_at: review.submittedAt,
    target_id: pull.number,
    target_name: review.state,
    target_type: "pull_request",
  };
}

function labelTarget({ label }: GitHubEvent): Target {
  return label ? { target_id: label.id, target_name: label.name, target_type: "label" } : noTarget;
}

/**
 * Resolves the user_type of an event's actor.
 *
 * @returns null for events without a row in `github_events`, and for repositories that no organization owns
 * @throws GitHub's error, so that Pub/Sub redelivers the event and no row gets a wrong type
 */
export async function resolveUserType(event: Event, config: Config): Promise<UserType | null> {
  if (event.source !== "github" || !event.actor || !event.repository || !isCommunityEvent(event)) return null;
  const userType = classifyActor(event, config.bots);
  if (userType !== "person") return userType;
  const member = await isMember(event.repository.owner, event.actor.name);
  if (member === null) return null;
  return member ? "internal" : "external";
}

/**
 * Classifies an actor without a request to GitHub.
 *
 * @returns `person` if the type depends on the members of the organization; null for repositories that no organization owns
 */
export function classifyActor(event: GitHubEvent, botLogins: string[]): "bot" | "person" | null {
  if (!event.actor || event.repository?.ownerType !== "Organization") return null;
  const login = event.actor.name;
  const isBot = event.actor.type === "bot" || isBotLogin(login, botLogins);
  return isBot ? "bot" : "person";
}
