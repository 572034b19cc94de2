import { Layout } from "../../../shared/console/layout.tsx";

/** Bytes. The editor of a browser stops to respond with much longer texts. */
export const MAX_EDITED_BYTES = 200_000;

interface EditPageProps {
  number: number;
  source: string;
  /** The body as JSON, or as edited. */
  body: string;
  /** GitHub's X-GitHub-Event; undefined for other sources. */
  event: string | undefined;
  /** Why the edited body cannot be sent. */
  error?: string;
}

/** A form to edit a delivery before its replay. */
export function EditPage({ number, source, body, event, error }: EditPageProps) {
  return (
    <Layout title={`Edit #${number}`} section="Deliveries">
      <h1>
        Edit and replay <a href={`/deliveries/${number}`}>#{number}</a>
      </h1>
      <p className="note">
        The suite signs the body as {source} does and sends it to the source function. A changed body gets a
        new event id, so subscribers handle it as a new event.
      </p>
      <form method="post" action={`/deliveries/${number}/edit`} className="edit">
        {event !== undefined && (
          <label>
            X-GitHub-Event
            <input name="event" defaultValue={event} required />
          </label>
        )}
        <label htmlFor="body">Body</label>
        {error !== undefined && (
          <p className="error" id="body-error" role="alert">
            {error}
          </p>
        )}
        <textarea
          id="body"
          name="body"
          defaultValue={body}
          rows={28}
          spellCheck={false}
          required
          aria-describedby={error === undefined ? undefined : "body-error"}
          aria-invalid={error !== undefined || undefined}
          data-submit-keys
        />
        <p className="actions">
          <button type="submit" className="primary">
            Send
          </button>
          <span className="note">
            <kbd>Ctrl</kbd> <kbd>Enter</kbd>
          </span>
        </p>
      </form>
    </Layout>
  );
}

/** Shown instead of the form for a large body. */
export function TooLargePage({ number, source }: Pick<EditPageProps, "number" | "source">) {
  return (
    <Layout title={`Edit #${number}`} section="Deliveries">
      <h1>
        Edit and replay <a href={`/deliveries/${number}`}>#{number}</a>
      </h1>
      <p>
        The body has more than {MAX_EDITED_BYTES / 1000} kB.{" "}
        <a href={`/deliveries/${number}/payload`}>Download it</a>, edit the file, and send it:
      </p>
      <pre>{`npm run send -- ${source} delivery-${number}.json`}</pre>
    </Layout>
  );
}
