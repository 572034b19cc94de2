interface ClockTimeProps {
  /** RFC 3339 */
  at: string;
  now?: Date;
  /** Whether to name the date of today too, and the zone. */
  isFull?: boolean;
}

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: "UTC" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/**
 * A time in UTC, which assets/times.js shows in the reader's zone. Without the date if it is today.
 */
export function ClockTime({ at, now = new Date(), isFull = false }: ClockTimeProps) {
  const time = new Date(at);
  const isToday =
    day.format(time) === day.format(now) && Math.abs(now.getTime() - time.getTime()) < 86_400_000;
  const short = isToday ? clock.format(time) : `${day.format(time)}, ${clock.format(time)}`;
  return (
    <time dateTime={at} title={at} data-full={isFull ? "" : undefined}>
      {isFull ? `${date.format(time)}, ${clock.format(time)} UTC` : short}
    </time>
  );
}
