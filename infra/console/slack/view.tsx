import type { LocalView } from "../../emulators/slack/workspace.ts";
import { Blocks } from "./block.tsx";
import type { RenderContext } from "./render-context.ts";

interface ViewProps extends Omit<RenderContext, "viewer"> {
  view: LocalView;
}

/** The blocks of a modal or App Home, with its user as the viewer. */
export function View({ view: { id, user, view }, workspace }: ViewProps) {
  return (
    <div className="view" data-view={id} data-user={user}>
      <Blocks blocks={(view.blocks as unknown[] | undefined) ?? []} context={{ workspace, viewer: user }} />
    </div>
  );
}

/** A modal. assets/slack.js opens a new one, as Slack does. */
export function Modal({ view, workspace }: ViewProps) {
  return (
    <dialog id={view.id} className="modal" aria-labelledby={`${view.id}-title`} data-modal>
      <header>
        <h2 id={`${view.id}-title`}>{viewTitle(view)}</h2>
        <form method="dialog">
          <button type="submit" className="quiet" aria-label="Close">
            ✕
          </button>
        </form>
      </header>
      <View view={view} workspace={workspace} />
    </dialog>
  );
}

export function viewTitle({ view }: LocalView): string {
  return (view.title as { text?: string } | undefined)?.text ?? "Modal";
}
