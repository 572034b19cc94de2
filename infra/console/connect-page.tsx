import { Layout } from "../../shared/console/layout.tsx";
import { ScrollRegion } from "../../shared/console/scroll-region.tsx";
import { localSecret } from "../local/secrets.ts";
import type { FunctionFolder } from "../manifests/read-functions.ts";
import { portPrefix } from "./port-prefix.ts";

interface ConnectPageProps {
  functions: FunctionFolder[];
  /** The suite's base URL. */
  url: string;
}

/** How to send a real webhook to this suite: the address and the secret of each source. */
export function ConnectPage({ functions, url }: ConnectPageProps) {
  const sources = functions.filter(({ manifest }) => "http" in manifest.trigger);
  return (
    <Layout title="Connect" section="Connect">
      <div className="title">
        <h1>Connect</h1>
      </div>
      <p className="note about">
        Each source has its own address and verifies its sender with a secret: it refuses requests without a
        valid signature. The console is for this machine only.
      </p>
      <ScrollRegion label="Sources">
        <table className="data connect">
          <thead>
            <tr>
              <th scope="col">Source</th>
              <th scope="col">Address</th>
              <th scope="col">Variable</th>
              <th scope="col">Secret of this suite</th>
            </tr>
          </thead>
          <tbody>
            {sources.map(({ name, manifest: { secrets } }) => (
              <tr key={name}>
                <td>{name}</td>
                <td>
                  <code>
                    {url}/{name}
                  </code>
                </td>
                <td>
                  <code>{secrets[0]}</code>
                </td>
                <td>
                  <Secret name={secrets[0] ?? ""} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <section>
        <h2>A GitHub webhook</h2>
        <ol className="steps">
          <li>
            Create a channel at <a href="https://smee.io/new">smee.io/new</a>.
          </li>
          <li>
            Add a webhook in the repository's settings: the channel's address, the content type{" "}
            <code>application/json</code>, and the secret above.
          </li>
          <li>
            Forward its requests:
            <pre>{`npx smee-client --url https://smee.io/… --target ${url}/github`}</pre>
          </li>
        </ol>
      </section>
      <section>
        <h2>A file</h2>
        <p>Signed as its sender would sign it:</p>
        <pre className="command">{`${portPrefix(url)}npm run send -- github functions/github/fixtures/check-run-failed.json --event check_run`}</pre>
      </section>
      <section>
        <h2>A script</h2>
        <p>
          <a href="/_local">The local API</a> lists events and messages, replays, queries, and acts as a user
          of Slack.
        </p>
      </section>
    </Layout>
  );
}

/** Shows the local suite's invented value. A value of the environment may be a real one, and stays hidden. */
function Secret({ name }: { name: string }) {
  const value = process.env[name] ?? "";
  if (value !== localSecret(name))
    return <span className="note">the value of {name} in your environment</span>;
  return <code>{value}</code>;
}
