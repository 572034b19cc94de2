import { Layout } from "../../shared/console/layout.tsx";
import { localFrame } from "./frame.ts";

const shortcuts = [
  { keys: "?", does: "this page" },
  { keys: "/", does: "the search of the page" },
  { keys: "j", does: "the next row of the list, or the next older delivery" },
  { keys: "k", does: "the row before, or the next newer delivery" },
  { keys: "Enter", does: "opens the row" },
  { keys: "x", does: "selects the row, for a replay with others" },
  { keys: "r", does: "the button that replays the delivery; Enter presses it" },
  { keys: "e", does: "edits the delivery" },
  { keys: "Esc", does: "leaves a field" },
  { keys: "Ctrl Enter", does: "sends the form of a text, or runs the query" },
];

/** Files in docs/. */
const documents = [
  {
    file: "console.md",
    about: "what each page does, and how to find, understand and replay a failed delivery",
  },
  { file: "metrics.md", about: "the definition of every number" },
  { file: "slack.md", about: "what the bot says and understands" },
  { file: "reporting.md", about: "how jobs and laptops report" },
  { file: "runbook.md", about: "what to do when something fails in production" },
  { file: "architecture.md", about: "how an event gets from its sender to BigQuery and Slack" },
];

/**
 * The documents and the keyboard shortcuts, with a switch for readers whose keys mean something else.
 *
 * @param props.url of the suite
 */
export function ShortcutsPage({ url }: { url: string }) {
  const pages = localFrame.navigation.map(({ key, name }) => ({ keys: `g ${key}`, does: name }));
  return (
    <Layout title="Help">
      <div className="title">
        <h1>Help</h1>
      </div>
      <p className="note about">
        This suite runs at {url} with Node {process.versions.node}.
      </p>
      <h2>Documentation</h2>
      <dl className="facts help">
        {documents.map(({ file, about }) => (
          <div key={file}>
            <dt>
              <a href={`/_console/docs/${file}`}>docs/{file}</a>
            </dt>
            <dd>{about}</dd>
          </div>
        ))}
      </dl>
      <h2>Keyboard shortcuts</h2>
      <p className="note">
        In the JSON of a delivery, the arrow keys move, fold and unfold.{" "}
        <label>
          <input type="checkbox" data-shortcuts defaultChecked /> Shortcuts of a single key are on
        </label>
      </p>
      <dl className="facts help">
        {[...shortcuts, ...pages].map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Layout>
  );
}
