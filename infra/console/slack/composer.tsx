import type { OfferedCommand } from "./list-commands.ts";

interface ComposerProps {
  commands: OfferedCommand[];
  /** Id and name of the author. */
  user: string;
  name: string;
  /** Channel id, undefined for direct messages. */
  channel?: string;
  botName: string;
  /** ts of the message to reply to. */
  thread?: string;
  /** The conversation's path, without the thread. */
  here: string;
}

/** A form to write to the bot or mention it. The function slack gets the event that Slack would send. */
export function Composer({ commands, user, name, channel, botName, thread, here }: ComposerProps) {
  const label = channel === undefined ? `Write to ${botName} as ${name}` : `Mention ${botName} as ${name}`;
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
          Replying in a thread. <a href={here}>Leave the thread</a>
        </p>
      )}
      <label htmlFor="words">{label}</label>
      <div className="line">
        <div id="commands" className="commands" role="listbox" aria-label="Commands" hidden>
          {commands.map(({ text, usage, help }, index) => (
            <div
              key={usage}
              id={`command-${index}`}
              role="option"
              aria-selected="false"
              data-command={text}
              tabIndex={-1}
            >
              <code>{usage}</code> <span className="note">{help}</span>
            </div>
          ))}
        </div>
        <textarea
          id="words"
          name="text"
          rows={1}
          required
          placeholder="help"
          autoComplete="off"
          aria-controls="commands"
          aria-autocomplete="list"
          data-enter
          data-commands="commands"
        />
        <button type="submit" className="primary">
          Send
        </button>
      </div>
    </form>
  );
}
