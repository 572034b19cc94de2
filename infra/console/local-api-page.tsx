import { Layout } from "../../shared/console/layout.tsx";
import { ScrollRegion } from "../../shared/console/scroll-region.tsx";
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
      <ScrollRegion label="Endpoints">
        <table className="data">
          <thead>
            <tr>
              <th scope="col">Method</th>
              <th scope="col">Path</th>
              <th scope="col">What it does</th>
              <th scope="col">Body</th>
            </tr>
          </thead>
          <tbody>
            {endpoints.map((endpoint) => (
              <tr key={`${endpoint.method} ${endpoint.path}`}>
                <td>{endpoint.method}</td>
                <td>
                  <Path {...endpoint} />
                </td>
                <td>{endpoint.summary}</td>
                <td>{endpoint.body !== undefined && <code>{endpoint.body}</code>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <section>
        <h2>For example</h2>
        <pre className="command">{`curl ${url}/_local/query -H 'content-type: application/json' -d '{"sql": "SELECT type, COUNT(*) AS n FROM product_eng.events GROUP BY type"}'`}</pre>
        <p>
          This list as JSON: <code>curl {url}/_local</code>
        </p>
      </section>
    </Layout>
  );
}

/** A link, where a browser can follow it: a GET of a path without parameters. */
function Path({ method, path }: Endpoint) {
  const code = <code>{path}</code>;
  return method === "GET" && !path.includes(":") ? <a href={path}>{code}</a> : code;
}
