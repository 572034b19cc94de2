import type { DayClock } from "../day-clock.ts";
import { DAY_MINUTES, type HistoryDay } from "./calendar.ts";
import { engineers, outsiders, RELEASE_BOT } from "./people.ts";
import { integer, pick } from "./random.ts";
import { issueTitles } from "./titles.ts";

const repositories = ["getsentry/sentry", "getsentry/sentry", "getsentry/sentry-python"];

/** An issue without its number. Times are minutes since the midnight of the demo's day. */
export interface PlannedIssue {
  repository: string;
  title: string;
  /** Login. */
  author: string;
  opened: number;
  comments: { at: number; by: string }[];
  /** null if it is open. */
  closed: { at: number; by: string } | null;
}

/** Issues of the community: 2 to 4 on a working day, and one on a day of a weekend, with a later first reply. */
export function planIssues(clock: DayClock, days: HistoryDay[]): PlannedIssue[] {
  return days.flatMap((day) => {
    const count = day.workday === null ? 1 : integer(clock, `issues ${day.date}`, 2, 5);
    return Array.from({ length: count }, (_, index) => planIssue(clock, day, `${day.date} ${index}`));
  });
}

function planIssue(clock: DayClock, day: HistoryDay, key: string): PlannedIssue {
  const logins = outsiders.map(({ login }) => login);
  const author = pick(clock, `reporter ${key}`, [...logins, ...logins, ...engineers.slice(0, 4)]);
  const opened = day.midnight + integer(clock, `reported ${key}`, 4 * 60, 22 * 60);
  const patience = day.workday === null ? 2 * DAY_MINUTES : pick(clock, `patience ${key}`, [150, 400, 1700]);
  const repliedAt = opened + integer(clock, `answered ${key}`, 12, patience);
  const member = pick(
    clock,
    `answerer ${key}`,
    engineers.filter((login) => login !== author),
  );
  const other = pick(
    clock,
    `other ${key}`,
    logins.filter((login) => login !== author),
  );
  const meToo = { at: opened + integer(clock, `too ${key}`, 5, 600), by: other };
  const hasReply = clock.number(`is answered ${key}`, 8) !== 0;
  const comments = [
    ...(hasReply ? [{ at: repliedAt, by: member }] : []),
    ...(clock.number(`me too ${key}`, 4) === 0 ? [meToo] : []),
  ];
  const lasts = integer(clock, `lasts ${key}`, 90, 5 * DAY_MINUTES);
  const isClosed = hasReply && clock.number(`is closed ${key}`, 3) !== 0;
  const isStale = !hasReply && clock.number(`is stale ${key}`, 2) === 0;
  return {
    repository: pick(clock, `repository ${key}`, repositories),
    title: pick(clock, `issue ${key}`, issueTitles),
    author,
    opened,
    comments: comments.filter(isPast),
    closed:
      [
        ...(isClosed ? [{ at: repliedAt + lasts, by: member }] : []),
        ...(isStale ? [{ at: opened + 14 * DAY_MINUTES, by: RELEASE_BOT }] : []),
      ].filter(isPast)[0] ?? null,
  };
}

/** Whether a time is before the demo's day. */
function isPast({ at }: { at: number }): boolean {
  return at < 0;
}
