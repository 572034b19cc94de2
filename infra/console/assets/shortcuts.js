const STORED = "shortcuts";
/** After `g`, the key of a page must follow within this time. */
const SEQUENCE_MS = 1500;

/**
 * Keyboard shortcuts. Pages declare them: `data-key="g d"` of a link follows it, `data-key="r"` of a button focuses it. The page
 * /shortcuts lists them and switches them off: https://www.w3.org/WAI/WCAG22/Understanding/character-key-shortcuts
 */
export function listenForShortcuts() {
  let began = Number.NEGATIVE_INFINITY;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape" && isField(event.target)) return event.target.blur();
    if (isField(event.target) || document.querySelector("dialog[open]") || !isOn()) return;
    const key = performance.now() - began < SEQUENCE_MS ? `g ${event.key}` : event.key;
    began = key === "g" ? performance.now() : Number.NEGATIVE_INFINITY;
    if (act(key)) event.preventDefault();
  });
  const toggle = document.querySelector("[data-shortcuts]");
  if (!toggle) return;
  toggle.checked = isOn();
  toggle.addEventListener("change", () => localStorage.setItem(STORED, toggle.checked ? "on" : "off"));
}

function isOn() {
  return localStorage.getItem(STORED) !== "off";
}

function isField(target) {
  return target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]");
}

/** @returns whether the key is a shortcut here */
function act(key) {
  if (key === "?") return follow("/shortcuts");
  if (key === "/") return focus(document.querySelector("[data-search]"));
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  if (key === "x") return pick();
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (target instanceof HTMLAnchorElement) return follow(target.href);
  return focus(target);
}

function follow(href) {
  location.assign(href);
  return true;
}

function focus(element) {
  element?.focus();
  return Boolean(element);
}

/** The next row of the list, or the next delivery. */
function step(by) {
  const links = [...document.querySelectorAll("[data-delivery] .what a")];
  if (links.length === 0) {
    const neighbor = document.querySelector(`a[rel=${by > 0 ? "next" : "prev"}]`);
    return neighbor ? follow(neighbor.href) : false;
  }
  const at = links.indexOf(document.activeElement?.closest("[data-delivery]")?.querySelector(".what a"));
  return focus(links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)]);
}

function pick() {
  const box = document.activeElement?.closest("[data-delivery]")?.querySelector("input[name=n]");
  box?.click();
  return Boolean(box);
}
