interface EmptyStateProps {
  /** Where the suite is reached. */
  url: string;
  secretName: string;
}

/** What to do when nothing has arrived yet. */
export function EmptyState({ url, secretName }: EmptyStateProps) {
  return (
    <div className="empty">
      <h2>Nothing has arrived yet</h2>
      <ol>
        <li>
          <h3>Look at it full</h3>
          <p>Sends webhooks of an invented organization, signed as their senders sign them.</p>
          <pre>npm run demo</pre>
        </li>
        <li>
          <h3>Send it something</h3>
          <p>Any payload, from a file.</p>
          <pre>npm run send -- freight test/fixtures/freight/deploy-finished.json</pre>
        </li>
        <li>
          <h3>Connect a real GitHub webhook</h3>
          <p>
            Get an address at <a href="https://smee.io/new">smee.io/new</a>, enter it as the webhook's URL at
            GitHub with the content type <code>application/json</code> and the secret that{" "}
            <code>{secretName}</code> has here, and have it passed on:
          </p>
          <pre>{`npx smee-client --url https://smee.io/… --target ${url}/github`}</pre>
        </li>
      </ol>
    </div>
  );
}
