interface ClockTimeProps {
  /** RFC 3339 */
  at: string;
  now?: Date;
}

/** A time in this machine's time zone, without the date if it is today. */
export function ClockTime({ at, now = new Date() }: ClockTimeProps) {
  const time = new Date(at);
  const isToday = time.toDateString() === now.toDateString();
  const clock = time.toLocaleTimeString("en-GB");
  const day = time.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  return (
    <time dateTime={at} title={at}>
      {isToday ? clock : `${day}, ${clock}`}
    </time>
  );
}
