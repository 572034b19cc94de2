import { pushPayload } from "../emulators/github/webhooks/push.ts";
import type { DayClock } from "./day-clock.ts";
import type { DemoDelivery } from "./delivery.ts";
import { githubDelivery } from "./github-delivery.ts";

export interface DemoMainPush {
  /** owner/name */
  repository: string;
  sha: string;
  /** Master's head before the push. */
  before: string;
  author: string;
  message: string;
  /** Minutes since midnight. */
  at: number;
}

/** The push of one commit to master: without it, nothing shows that its checks are master's. */
export function mainPushDelivery(clock: DayClock, push: DemoMainPush): DemoDelivery {
  const { repository, sha, before, author, message } = push;
  const at = clock.at(push.at);
  const commits = [{ sha, treeSha: clock.hex(`${sha} tree`, 40), message, authoredAt: at }];
  return githubDelivery(clock, {
    event: "push",
    key: `push ${repository} master ${sha}`,
    label: `${author} pushes ${sha.slice(0, 7)} to master`,
    payload: pushPayload({ repository, branch: "master", before, author, commits, at }),
  });
}
