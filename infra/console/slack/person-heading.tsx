import type { Workspace, WorkspaceUser } from "../../emulators/slack/workspace.ts";
import { viewTitle } from "./view.tsx";

interface PersonHeadingProps {
  workspace: Workspace;
  person: WorkspaceUser;
  home: boolean;
}

/** A user's tabs with the bot, and the modals that the bot opened for them. */
export function PersonHeading({ workspace, person, home }: PersonHeadingProps) {
  const { id, real_name } = person;
  const modals = workspace.views.filter(({ type, user }) => type === "modal" && user === id);
  return (
    <header>
      <h2 id="conversation-title">
        {workspace.bot.name} <span className="note">as {real_name} sees it</span>
      </h2>
      <nav className="tabs" aria-label="App">
        <a href={`/slack/${id}/home`} aria-current={home ? "page" : undefined}>
          Home
        </a>
        <a href={`/slack/${id}`} aria-current={home ? undefined : "page"}>
          Messages
        </a>
      </nav>
      <div id="open-modals" data-live="slack">
        {modals.slice(-1).map((view) => (
          <button key={view.id} type="button" className="quiet" data-open={view.id}>
            Open “{viewTitle(view)}” again
          </button>
        ))}
      </div>
    </header>
  );
}
