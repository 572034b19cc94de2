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
    if (target.matches(".json-more")) target.matches(":first-child") ? drawBefore(item) : drawAfter(item);
  });
  tree.addEventListener("keydown", (event) => onKey(tree, event));
  return tree;
}

/** The path of an item, as `npm run trigger -- --set` takes it. */
export function pathOf(item) {
  return drawn.get(item).path.join(".");
}

/** Unfolds everything on the way to a path and returns its item. Of a long value, only the items around the path are drawn. */
export function reveal(tree, path) {
  let item = tree.firstElementChild;
  for (const name of path) {
    unfold(item);
    const state = drawn.get(item);
    const index = state.entries.findIndex(([key]) => key === name);
    if (index === -1) return item;
    if (index < state.from || index >= state.to) drawChunkOf(item, index);
    item = state.group.children[index - state.from + (state.from > 0 ? 1 : 0)];
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

function drawItem({ value, path, unfolded, isLast }) {
  const item = document.createElement("span");
  item.className = "json-item";
  item.setAttribute("role", "treeitem");
  item.setAttribute("aria-level", String(path.length + 1));
  item.tabIndex = -1;
  const state = { value, path, unfolded, entries: undefined, group: undefined, from: 0, to: 0 };
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
  if (unfolded) drawAfter(item);
  return item;
}

/** Draws the items after those that are drawn. */
function drawAfter(item) {
  const state = drawn.get(item);
  const to = Math.min(state.to + CHUNK, state.entries.length);
  removeRow(state.group.lastElementChild);
  state.group.append(...drawRange(state, state.to, to));
  state.to = to;
  const left = state.entries.length - to;
  if (left > 0) state.group.append(moreRow(state, `${left} more`));
}

/** Draws the items before those that are drawn. */
function drawBefore(item) {
  const state = drawn.get(item);
  const from = Math.max(state.from - CHUNK, 0);
  removeRow(state.group.firstElementChild);
  state.group.prepend(...drawRange(state, from, state.from));
  state.from = from;
  if (from > 0) state.group.prepend(moreRow(state, `${from} before`));
}

/** Draws the items around one of them, and no others: 60,000 items of a list would freeze the page. */
function drawChunkOf(item, index) {
  const state = drawn.get(item);
  state.group.replaceChildren();
  state.from = index - (index % CHUNK);
  state.to = state.from;
  drawAfter(item);
  if (state.from > 0) state.group.prepend(moreRow(state, `${state.from} before`));
}

function drawRange({ entries, path, unfolded }, from, to) {
  return entries
    .slice(from, to)
    .map(([name, value], index) =>
      drawItem({ value, path: [...path, name], unfolded, isLast: from + index === entries.length - 1 }),
    );
}

function moreRow({ path }, text) {
  return part("span", "json-more", `${"  ".repeat(path.length + 1)}… ${text}\n`);
}

function removeRow(row) {
  if (row?.matches(".json-more")) row.remove();
}

function unfold(item) {
  if (item.hasAttribute("aria-expanded")) setFolded(item, false);
}

function setFolded(item, isFolded) {
  if (!isFolded && drawn.get(item).to === 0) drawAfter(item);
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
  drawBeyond(item, by);
  const items = listVisible(tree);
  return items[items.indexOf(item) + by] ?? item;
}

/** Draws further items when the next step would pass the row that stands for them. */
function drawBeyond(item, by) {
  const parent = item.parentElement.closest("[role=treeitem]");
  if (!parent) return;
  const next = by > 0 ? item.nextElementSibling : item.previousElementSibling;
  if (next?.matches(".json-more")) by > 0 ? drawAfter(parent) : drawBefore(parent);
  else if (!next && by > 0) drawBeyond(parent, by);
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
