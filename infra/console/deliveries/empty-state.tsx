import { portPrefix } from "../port-prefix.ts";

interface EmptyStateProps {
  /** The suite's base URL. */
  url: string;
}

/** Shown before the first delivery. */
export function EmptyState({ url }: EmptyStateProps) {
  return (
    <div className="empty">
      <h2>No deliveries yet</h2>
      <ol>
        <li>
          <h3>Send the demo</h3>
          <p>A month of signed webhooks of an invented organization.</p>
          <pre>{`${portPrefix(url)}npm run demo`}</pre>
        </li>
        <li>
          <h3>Send one payload</h3>
          <p>A file, signed as its sender would sign it.</p>
          <pre>{`${portPrefix(url)}npm run send -- github functions/github/fixtures/check-run-failed.json --event check_run`}</pre>
        </li>
        <li>
          <h3>Connect a real GitHub webhook</h3>
          <p>
            The page <a href="/connect">Connect</a> has the address and the secret of each source.
          </p>
        </li>
      </ol>
    </div>
  );
}
