import { directChannel } from "../../emulators/slack/find-channel.ts";
import type { LocalMessage, Workspace } from "../../emulators/slack/workspace.ts";
import { Avatar } from "./avatar.tsx";
import { listActivePeople } from "./people.ts";

interface SidebarProps {
  workspace: Workspace;
  /** Id of the selected channel or user. */
  current: string;
  viewer: string;
}

/** Every channel, and every user who can talk to the bot. */
export function Sidebar({ workspace, current, viewer }: SidebarProps) {
  const { channels, messages } = workspace;
  return (
    <nav className="conversations" aria-label="Conversations" id="conversations" data-live="slack">
      <form action="/slack/search">
        <input
          id="slack-search"
          name="q"
          type="search"
          placeholder="Search"
          aria-label="Search messages"
          data-search
        />
      </form>
      <h2>Channels</h2>
      <ul>
        {channels.map(({ id, name, joined }) => (
          <li key={id}>
            <a href={`/slack/${id}?as=${viewer}`} aria-current={id === current ? "page" : undefined}>
              <span className="hash" aria-hidden="true">
                #
              </span>
              {name}
              {!joined && <span className="note">not joined</span>}
              <Count messages={messages} channel={id} />
            </a>
          </li>
        ))}
      </ul>
      <h2>Direct messages</h2>
      <ul>
        {listActivePeople(workspace).map(({ id, real_name }) => (
          <li key={id}>
            <a href={`/slack/${id}`} aria-current={id === current ? "page" : undefined}>
              <Avatar name={real_name} small />
              {real_name}
              <Count messages={messages} channel={directChannel(id)} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Count({ messages, channel }: { messages: LocalMessage[]; channel: string }) {
  const count = messages.filter((message) => message.channel === channel).length;
  if (count === 0) return null;
  return (
    <span className="number">
      {count}
      <span className="unseen"> messages</span>
    </span>
  );
}
