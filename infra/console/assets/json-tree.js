/** Items of a list or object that are drawn at once. */
const CHUNK = 200;

/** A drawn value: its element knows the path to it. */
const drawn = new WeakMap();

/**
 * Draws JSON as a tree: https://www.w3.org/WAI/ARIA/apg/patterns/treeview/. Unfolded, its text is the indented JSON.
 *
 * @param options.unfolded whether everything is drawn at once; else a value's items are drawn when it is unfolded
 */
export function drawTree(value, { unfolded }) {
  const tree = document.createElement("code");
  tree.className = "json";
  tree.setAttribute("role", "tree");
  tree.setAttribute("aria-label", "JSON");
  const root = drawItem({ value, path: [], unfolded, isLast: true });
  root.tabIndex = 0;
  tree.append(root);
  if (!unfolded) unfold(root);
  tree.addEventListener("click", ({ target }) => {
    const item = target.closest("[role=treeitem]");
    if (!item) return;
    focusItem(tree, item);
    if (target.closest(".json-fold")) toggle(item);
    if (target.matches(".json-more")) drawMore(item);
  });
  tree.addEventListener("keydown", (event) => onKey(tree, event));
  return tree;
}

/** The path of an item, as `npm run trigger -- --set` takes it. */
export function pathOf(item) {
  return drawn.get(item).path.join(".");
}

/** Unfolds everything on the way to a path and returns its item. */
export function reveal(tree, path) {
  let item = tree.firstElementChild;
  for (const name of path) {
    unfold(item);
    const { group } = drawn.get(item);
    let next = find(group, name);
    while (!next && drawMore(item)) next = find(group, name);
    if (!next) return item;
    item = next;
  }
  return item;
}

export function focusItem(tree, item) {
  const before = tree.querySelector("[tabindex='0']");
  if (before) before.tabIndex = -1;
  item.tabIndex = 0;
}

export function foldAll(tree, isFolded) {
  const root = tree.firstElementChild;
  for (const item of tree.querySelectorAll("[aria-expanded]")) if (item !== root) setFolded(item, isFolded);
}

function find(group, name) {
  return [...group.children].find((child) => drawn.get(child)?.path.at(-1) === name);
}

function drawItem({ value, path, unfolded, isLast }) {
  const item = document.createElement("span");
  item.className = "json-item";
  item.setAttribute("role", "treeitem");
  item.setAttribute("aria-level", String(path.length + 1));
  item.tabIndex = -1;
  const state = { value, path, unfolded, entries: undefined, group: undefined, count: 0 };
  drawn.set(item, state);
  const indent = "  ".repeat(path.length);
  const end = `${isLast ? "" : ","}${path.length === 0 ? "" : "\n"}`;
  const line = part("span", "json-line", indent);
  const name = path.at(-1);
  if (typeof name === "string") line.append(part("span", "json-name", JSON.stringify(name)), ": ");
  item.append(line);
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0) {
    const isText = typeof value === "string";
    line.append(part("span", isText ? "json-string" : "json-other", JSON.stringify(value)), end);
    return item;
  }
  const isList = Array.isArray(value);
  state.entries = isList ? value.map((each, index) => [index, each]) : Object.entries(value);
  const fold = part("span", "json-fold", isList ? "[" : "{");
  fold.dataset.count = `${state.entries.length} ${isList ? "items" : "fields"} ${isList ? "]" : "}"}`;
  line.append(fold, "\n");
  state.group = part("span", "json-group", "");
  state.group.setAttribute("role", "group");
  item.append(state.group, part("span", "json-end", `${indent}${isList ? "]" : "}"}${end}`));
  item.setAttribute("aria-expanded", String(unfolded));
  if (unfolded) drawMore(item);
  return item;
}

/** Draws the next items of a value. @returns whether there were any */
function drawMore(item) {
  const state = drawn.get(item);
  const { entries, group, path, unfolded, count } = state;
  group.querySelector(":scope > .json-more")?.remove();
  const next = entries.slice(count, count + CHUNK);
  for (const [index, [name, value]] of next.entries()) {
    const isLast = count + index === entries.length - 1;
    group.append(drawItem({ value, path: [...path, name], unfolded, isLast }));
  }
  state.count = count + next.length;
  const left = entries.length - state.count;
  if (left > 0) group.append(part("span", "json-more", `${"  ".repeat(path.length + 1)}… ${left} more\n`));
  return next.length > 0;
}

function unfold(item) {
  if (item.hasAttribute("aria-expanded")) setFolded(item, false);
}

function setFolded(item, isFolded) {
  if (!isFolded && drawn.get(item).count === 0) drawMore(item);
  item.setAttribute("aria-expanded", String(!isFolded));
}

function toggle(item) {
  setFolded(item, item.getAttribute("aria-expanded") === "true");
}

function onKey(tree, event) {
  const item = event.target.closest("[role=treeitem]");
  if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = act(tree, item, event.key);
  if (target === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  focusItem(tree, target);
  target.focus();
}

/** Does what a key does in a tree. @returns the item to focus, undefined for another key */
function act(tree, item, key) {
  const isOpen = item.getAttribute("aria-expanded");
  switch (key) {
    case "ArrowDown":
      return step(tree, item, 1);
    case "ArrowUp":
      return step(tree, item, -1);
    case "ArrowRight":
      if (isOpen === "true") return step(tree, item, 1);
      unfold(item);
      return item;
    case "ArrowLeft":
      if (isOpen !== "true") return item.parentElement.closest("[role=treeitem]") ?? item;
      setFolded(item, true);
      return item;
    case "Home":
      return tree.firstElementChild;
    case "End":
      return listVisible(tree).at(-1);
    case "Enter":
      if (isOpen) toggle(item);
      return item;
    default:
      return undefined;
  }
}

function step(tree, item, by) {
  const items = listVisible(tree);
  return items[items.indexOf(item) + by] ?? item;
}

function listVisible(tree) {
  return [...tree.querySelectorAll("[role=treeitem]")].filter((each) => each.getClientRects().length > 0);
}

/** textContent never parses text as HTML. */
function part(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
