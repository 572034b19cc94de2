interface ClockTimeProps {
  /** RFC 3339 */
  at: string;
  now?: Date;
}

/** A time as a person at this machine reads it: without its date today. */
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
