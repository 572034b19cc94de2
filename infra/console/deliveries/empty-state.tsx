interface EmptyStateProps {
  /** The suite's base URL. */
  url: string;
  secretName: string;
}

/** Shown before the first delivery. */
export function EmptyState({ url, secretName }: EmptyStateProps) {
  return (
    <div className="empty">
      <h2>No deliveries yet</h2>
      <ol>
        <li>
          <h3>Send the demo</h3>
          <p>A month of signed webhooks of an invented organization.</p>
          <pre>npm run demo</pre>
        </li>
        <li>
          <h3>Send one payload</h3>
          <p>A file, signed as its sender would sign it.</p>
          <pre>npm run send -- freight functions/freight/fixtures/deploy-finished.json</pre>
        </li>
        <li>
          <h3>Connect a real GitHub webhook</h3>
          <p>
            Create a channel at <a href="https://smee.io/new">smee.io/new</a>. Enter its address as the
            webhook's URL at GitHub, with the content type <code>application/json</code> and this suite's
            value of <code>{secretName}</code> as the secret. Then forward its requests:
          </p>
          <pre>{`npx smee-client --url https://smee.io/… --target ${url}/github`}</pre>
        </li>
      </ol>
    </div>
  );
}
