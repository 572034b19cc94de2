import { Layout } from "../../shared/console/layout.tsx";
import type { Endpoint } from "../local/api/local-api.ts";

interface LocalApiPageProps {
  endpoints: Endpoint[];
  /** The suite's base URL. */
  url: string;
}

/** The endpoints of the local API. */
export function LocalApiPage({ endpoints, url }: LocalApiPageProps) {
  return (
    <Layout title="Local API">
      <div className="title">
        <h1>Local API</h1>
      </div>
      <p className="note about">
        For scripts and tests on this machine. Bodies and responses are JSON; an error is{" "}
        <code>{`{"error": "…"}`}</code>.
      </p>
      <dl className="endpoints">
        {endpoints.map((endpoint) => (
          <div key={`${endpoint.method} ${endpoint.path}`}>
            <dt>
              <span className="method">{endpoint.method}</span> <Path {...endpoint} />
            </dt>
            <dd>{endpoint.summary}</dd>
            {endpoint.body !== undefined && (
              <dd>
                <code>{endpoint.body}</code>
              </dd>
            )}
          </div>
        ))}
      </dl>
      <section>
        <h2>For example</h2>
        <pre className="command">{`curl ${url}/_local/query -H 'content-type: application/json' -d '{"sql": "SELECT type, COUNT(*) AS n FROM product_eng.events GROUP BY type"}'`}</pre>
      </section>
      <section>
        <h2>This list as JSON</h2>
        <pre className="command">curl {url}/_local</pre>
      </section>
    </Layout>
  );
}

/** A link, where a browser can follow it: a GET of a path without parameters. */
function Path({ method, path }: Endpoint) {
  const code = <code>{path}</code>;
  return method === "GET" && !path.includes(":") ? <a href={path}>{code}</a> : code;
}
