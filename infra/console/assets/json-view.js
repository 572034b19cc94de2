import { copyText } from "/_console/copy.js";
import { drawTree, focusItem, foldAll, pathOf, reveal } from "/_console/json-tree.js";

/** Longer JSON is drawn as it is unfolded. */
const MAX_UNFOLDED = 60_000;
/** Found places; more are not counted. */
const MAX_FOUND = 1000;

/** Makes the JSON of `<pre data-json>` foldable and searchable. Its tools are in the element `data-json-tools=<id>`. */
export function viewJson() {
  for (const pre of document.querySelectorAll("pre[data-json]")) {
    const tools = document.querySelector(`[data-json-tools="${pre.id}"]`);
    const { json: address } = pre.dataset;
    if (address === "") view(pre, tools, pre.textContent);
    else
      addButton(tools, "Explore all of it", async ({ currentTarget: button }) => {
        button.disabled = true;
        const response = await fetch(address);
        button.remove();
        view(pre, tools, decodeForm(await response.text()));
      });
  }
}

/** Slack sends interactions as a form with one field. */
function decodeForm(text) {
  return text.startsWith("payload=") ? (new URLSearchParams(text).get("payload") ?? "") : text;
}

function view(pre, tools, text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON: it stays as the server sent it.
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const tree = drawTree(value, { unfolded: text.length <= MAX_UNFOLDED });
  pre.replaceChildren(tree);
  addSearch(tools, tree, value);
  if (text.length <= MAX_UNFOLDED) {
    addButton(tools, "Fold", () => foldAll(tree, true));
    addButton(tools, "Unfold", () => foldAll(tree, false));
  }
  addButton(tools, "Copy path", ({ currentTarget }) =>
    copyText(pathOf(tree.querySelector("[tabindex='0']")), currentTarget),
  );
}

function addSearch(tools, tree, value) {
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = "Search the JSON";
  field.setAttribute("aria-label", field.placeholder);
  const count = document.createElement("span");
  count.className = "note";
  count.setAttribute("role", "status");
  let found = [];
  let at = 0;
  const show = () => {
    tree.querySelector(".json-found")?.classList.remove("json-found");
    count.textContent = field.value === "" ? "" : "nothing found";
    if (found.length === 0) return;
    const more = found.length === MAX_FOUND ? "+" : "";
    count.textContent = `${at + 1} of ${found.length}${more}: ${found[at].join(".")}`;
    const item = reveal(tree, found[at]);
    item.classList.add("json-found");
    focusItem(tree, item);
    item.scrollIntoView({ block: "center" });
  };
  field.addEventListener("input", () => {
    found = field.value === "" ? [] : search(value, field.value.toLowerCase());
    at = 0;
    show();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || found.length === 0) return;
    event.preventDefault();
    at = (at + (event.shiftKey ? found.length - 1 : 1)) % found.length;
    show();
  });
  tools.append(field, count);
}

/** Paths of the values whose name or text contains the words. */
function search(root, words) {
  const found = [];
  const visit = (value, path) => {
    if (found.length >= MAX_FOUND) return;
    const name = path.at(-1);
    const isObject = typeof value === "object" && value !== null;
    const named = typeof name === "string" && name.toLowerCase().includes(words);
    if (named || (!isObject && String(value).toLowerCase().includes(words))) found.push(path);
    if (!isObject) return;
    const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
    for (const [key, item] of entries) visit(item, [...path, key]);
  };
  visit(root, []);
  return found;
}

function addButton(tools, name, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = name;
  button.addEventListener("click", act);
  tools.append(button);
}
