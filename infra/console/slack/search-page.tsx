import { Layout } from "../../../shared/console/layout.tsx";
import type { LocalMessage, Workspace } from "../../emulators/slack/workspace.ts";
import { Message } from "./message.tsx";

interface SearchPageProps {
  workspace: Workspace;
  search: string;
  /** Newest first. */
  found: LocalMessage[];
}

/** Messages that the page shows. */
const MAX_SHOWN = 100;

/** A search in all messages, each with its channel and its event. */
export function SearchPage({ workspace, search, found }: SearchPageProps) {
  return (
    <Layout title={`Slack: ${search}`} section="Slack">
      <h1>Search Slack</h1>
      <form className="filter" action="/slack/search">
        <label className="grow">
          Words
          <input name="q" type="search" defaultValue={search} data-search />
        </label>
        <button type="submit">Search</button>
        <a className="button" href="/slack">
          All conversations
        </a>
      </form>
      <div id="found" data-live="slack">
        <p className="count">
          {found.length} {found.length === 1 ? "message" : "messages"}
          {found.length > MAX_SHOWN && `, the newest ${MAX_SHOWN} shown`}
        </p>
        {found.slice(0, MAX_SHOWN).map((message) => (
          <Message
            key={`${message.channel} ${message.ts}`}
            message={message}
            workspace={workspace}
            withChannel
          />
        ))}
      </div>
    </Layout>
  );
}
