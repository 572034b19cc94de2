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

/** The keyboard shortcuts, and a switch for readers whose keys mean something else. */
export function ShortcutsPage() {
  const pages = localFrame.navigation.map(({ key, name }) => ({ keys: `g ${key}`, does: name }));
  return (
    <Layout title="Keyboard shortcuts">
      <h1>Keyboard shortcuts</h1>
      <p className="note about">
        In the JSON of a delivery, the arrow keys move, fold and unfold.{" "}
        <label>
          <input type="checkbox" data-shortcuts defaultChecked /> Shortcuts of a single key are on
        </label>
      </p>
      <dl className="facts">
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
