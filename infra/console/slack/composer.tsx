interface ComposerProps {
  /** Slack's id of who writes, and their name. */
  user: string;
  name: string;
  /** Id; undefined for direct messages. */
  channel?: string;
  botName: string;
  /** ts of the message that is answered. */
  thread?: string;
  /** Without the thread. */
  here: string;
}

/** Where a person writes to the bot, or mentions it: the suite is sent the event that Slack would send. */
export function Composer({ user, name, channel, botName, thread, here }: ComposerProps) {
  const who = channel === undefined ? `Write to ${botName} as ${name}` : `Mention ${botName} as ${name}`;
  return (
    <form
      className="composer"
      id="composer"
      data-say
      data-user={user}
      data-channel={channel}
      data-thread={thread}
    >
      {thread !== undefined && (
        <p className="note">
          In a thread. <a href={here}>Write to the conversation instead</a>
        </p>
      )}
      <label htmlFor="words">{who}</label>
      <div className="line">
        <textarea id="words" name="text" rows={1} required placeholder="help" data-enter />
        <button type="submit" className="primary">
          Send
        </button>
      </div>
    </form>
  );
}
