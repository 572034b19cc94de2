import { Layout } from "../../../shared/console/layout.tsx";
import type { Channel, Workspace, WorkspaceUser } from "../../emulators/slack/workspace.ts";
import { Composer } from "./composer.tsx";
import { groupThreads } from "./group-threads.ts";
import type { OfferedCommand } from "./list-commands.ts";
import { Message } from "./message.tsx";
import { listActivePeople } from "./people.ts";
import { PersonHeading } from "./person-heading.tsx";
import { Sidebar } from "./sidebar.tsx";
import { Modal, View } from "./view.tsx";

export interface SlackPageProps {
  commands: OfferedCommand[];
  workspace: Workspace;
  channel: Channel;
  /** The user of direct messages, undefined for a channel. */
  person?: WorkspaceUser;
  /** The user who views the page and acts on it. */
  viewer: WorkspaceUser;
  /** Whether the page shows the user's App Home instead of their messages. */
  home: boolean;
  /** ts of the message that the composer replies to. */
  thread?: string;
}

/** The workspace as one of its members sees it. */
export function SlackPage(props: SlackPageProps) {
  const { workspace, channel, person, viewer, home } = props;
  const title = person ? person.real_name : `#${channel.name}`;
  return (
    <Layout title={`Slack: ${title}`} section="Slack" wide>
      <h1 className="unseen">Slack</h1>
      <div className="slack">
        <Sidebar workspace={workspace} current={person?.id ?? channel.id} viewer={viewer.id} />
        <section className="conversation" aria-labelledby="conversation-title">
          {person ? (
            <PersonHeading person={person} home={home} workspace={workspace} />
          ) : (
            <ChannelHeading channel={channel} viewer={viewer} workspace={workspace} />
          )}
          {home ? <Home workspace={workspace} viewer={viewer} /> : <Messages {...props} />}
        </section>
      </div>
      <div id="modals" data-live="slack">
        {workspace.views
          .filter(({ type, user }) => type === "modal" && user === viewer.id)
          .map((view) => (
            <Modal key={view.id} view={view} workspace={workspace} />
          ))}
      </div>
    </Layout>
  );
}

type ChannelHeadingProps = Pick<SlackPageProps, "channel" | "viewer" | "workspace">;

function ChannelHeading({ channel, viewer, workspace }: ChannelHeadingProps) {
  return (
    <header>
      <h2 id="conversation-title">#{channel.name}</h2>
      <form action={`/slack/${channel.id}`} data-change>
        <label>
          You are
          <select name="as" defaultValue={viewer.id}>
            {listActivePeople(workspace).map(({ id, real_name }) => (
              <option key={id} value={id}>
                {real_name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="unscripted">
          Change
        </button>
      </form>
    </header>
  );
}

function Messages({ commands, workspace, channel, person, viewer, thread }: SlackPageProps) {
  const here = person ? `/slack/${person.id}` : `/slack/${channel.id}?as=${viewer.id}`;
  const threads = groupThreads(workspace, channel.id);
  const reply = (ts: string) => `${here}${here.includes("?") ? "&" : "?"}thread=${ts}#composer`;
  const common = { workspace, viewer: viewer.id };
  return (
    <>
      <div id="messages" className="messages" data-live="slack" data-follow data-days>
        {threads.length === 0 && (
          <p className="note">
            {channel.joined
              ? "No messages yet. Run npm run demo, or write to the bot below."
              : "The bot is not in this channel."}
          </p>
        )}
        {threads.map(({ message, replies }) => (
          <div key={message.ts} className="thread">
            <Message
              message={message}
              {...common}
              {...(message.ephemeral_to === undefined && channel.joined && { replyHref: reply(message.ts) })}
            />
            {replies.length > 0 && (
              <section className="replies" aria-label={`${replies.length} replies`}>
                {replies.map((each) => (
                  <Message key={each.ts} message={each} {...common} />
                ))}
              </section>
            )}
          </div>
        ))}
      </div>
      {channel.joined && (
        <Composer
          commands={commands}
          user={viewer.id}
          name={viewer.real_name}
          {...(!person && { channel: channel.id })}
          botName={workspace.bot.name}
          {...(thread !== undefined && { thread })}
          here={here}
        />
      )}
    </>
  );
}

/** assets/slack.js sends app_home_opened, and the bot then publishes the view. */
function Home({ workspace, viewer }: Pick<SlackPageProps, "workspace" | "viewer">) {
  const home = workspace.views.find(({ type, user }) => type === "home" && user === viewer.id);
  return (
    <div className="messages" data-home-opened={viewer.id}>
      <div id="home" data-live="slack">
        {home ? (
          <View view={home} workspace={workspace} />
        ) : (
          <p className="note">The bot has not published an App Home for {viewer.real_name} yet.</p>
        )}
      </div>
    </div>
  );
}
