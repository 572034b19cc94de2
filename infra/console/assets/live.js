import { announce } from "/_console/announce.js";
import { formatClock } from "/_console/times.js";

/** Redraws each `data-live` element when the suite publishes a change, unless the user paused updates. */
export function followChanges() {
  let paused = false;
  let missed = new Set();
  const redraw = queued(drawAgain);
  const button = document.querySelector("[data-pause]");
  const countMissed = queued(async () => {
    const count = await countNewRows();
    if (paused) button.textContent = count === 0 ? "Resume" : `Resume · ${count} new`;
  });
  const onChange = (changed) => {
    if (paused) {
      missed.add(changed);
      countMissed([changed]);
    } else if (document.querySelector(`[data-live~="${changed}"]`)) redraw([changed]);
  };
  document.addEventListener("console:redraw", () => redraw(["deliveries", "slack"]));

  if (document.querySelector("[data-live]")) {
    for (const element of document.querySelectorAll("[data-live]")) served.set(element.id, element.innerHTML);
    showUpdated();
    connect(onChange, () => redraw(["deliveries", "slack"]));
  }

  button?.addEventListener("click", () => {
    paused = !paused;
    // No aria-pressed: the label changes.
    button.classList.toggle("paused", paused);
    button.textContent = paused ? "Resume" : "Pause";
    if (paused) return;
    redraw([...missed]);
    missed = new Set();
  });
}

/** What the server sent last for each live element. Scripts change it on the page: times get the reader's zone. */
const served = new Map();

/** Follows the suite's changes, across restarts of the suite. */
function connect(onChange, onOpen) {
  const source = new EventSource("/_console/changes");
  source.addEventListener("open", () => {
    document.documentElement.classList.remove("offline");
    // Changes since the page was rendered, or during an outage, are not sent again.
    onOpen();
  });
  source.addEventListener("error", () => {
    document.documentElement.classList.add("offline");
    // A browser gives up after a response other than 200: a suite that starts responds 503.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => connect(onChange, onOpen), RECONNECT_MS);
  });
  for (const changed of ["deliveries", "slack"]) source.addEventListener(changed, () => onChange(changed));
  // A page in the back/forward cache would keep its connection; browsers allow six per host.
  window.addEventListener("pagehide", () => source.close());
}

const RECONNECT_MS = 1000;

/** The suite may be away: the connection says so, and redraws when it is back. */
function showFailure({ message }) {
  const element = document.getElementById("updated");
  if (element && !document.documentElement.classList.contains("offline")) element.textContent = message;
}

function showUpdated() {
  const element = document.getElementById("updated");
  if (element) element.textContent = `updated ${formatClock(new Date())}`;
}

/** Runs one call at a time, and once more for the calls in between. */
function queued(run) {
  let running = false;
  const next = new Set();
  return async (parts) => {
    for (const part of parts) next.add(part);
    if (running) return;
    running = true;
    while (next.size > 0) {
      const now = [...next];
      next.clear();
      await run(now).catch(showFailure);
    }
    running = false;
  };
}

/** The page as the server renders it now. */
async function fetchPage() {
  const response = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!response.ok) throw new Error(`The page responded ${response.status}: reload it`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** Rows of the list that a redraw would add. */
async function countNewRows() {
  const numbersIn = (place) =>
    [...place.querySelectorAll("[data-delivery]")].map(({ dataset }) => Number(dataset.delivery));
  const newest = Math.max(0, ...numbersIn(document));
  return numbersIn(await fetchPage()).filter((number) => number > newest).length;
}

async function drawAgain(changed) {
  const fresh = await fetchPage();
  const state = remember();
  for (const old of document.querySelectorAll("[data-live]")) {
    const parts = old.dataset.live.split(" ");
    const next = fresh.getElementById(old.id);
    if (!next || !parts.some((part) => changed.includes(part)) || served.get(old.id) === next.innerHTML)
      continue;
    served.set(old.id, next.innerHTML);
    const followed = old.scrollHeight - old.scrollTop - old.clientHeight < 60;
    old.replaceChildren(...next.childNodes);
    if ("follow" in old.dataset && followed) old.scrollTop = old.scrollHeight;
  }
  restore(state);
  showUpdated();
  const summary = document.querySelector("[data-announce]")?.textContent;
  if (summary) announce(summary);
  document.dispatchEvent(new CustomEvent("console:drawn"));
}

/** Saves typed text, focus and open dialogs. */
function remember() {
  const { activeElement } = document;
  const typed = new Map();
  for (const field of document.querySelectorAll(
    "[data-live] input[id], [data-live] textarea[id], [data-live] select[id]",
  )) {
    if (
      field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue
    )
      typed.set(field.id, field.type === "checkbox" ? field.checked : field.value);
  }
  const open = [...document.querySelectorAll("[data-live] dialog[open]")].map(({ id }) => id);
  const unfolded = [...document.querySelectorAll("[data-live] details[open][id]")].map(({ id }) => id);
  return { typed, open, unfolded, focused: pathTo(activeElement) };
}

function restore({ typed, open, unfolded, focused }) {
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, value] of typed) {
    const field = document.getElementById(id);
    if (field?.type === "checkbox") field.checked = value;
    else if (field) field.value = value;
  }
  for (const id of open) {
    const dialog = document.getElementById(id);
    if (dialog && !dialog.open) dialog.showModal();
  }
  if (document.activeElement === document.body && focused) document.querySelector(focused)?.focus();
}

/** A selector that finds the focused element after a redraw. */
function pathTo(element) {
  if (!element || element === document.body) return undefined;
  if (element.id) return `#${CSS.escape(element.id)}`;
  const href = element.getAttribute("href");
  const press = element.dataset?.press;
  const around = element.closest("[data-ts], [data-view], [data-delivery]");
  const { ts, view, delivery } = around?.dataset ?? {};
  const scope = ts
    ? `[data-ts="${CSS.escape(ts)}"] `
    : view
      ? `[data-view="${CSS.escape(view)}"] `
      : delivery
        ? `[data-delivery="${delivery}"] `
        : "";
  if (press !== undefined) return `${scope}[data-press="${CSS.escape(press)}"]`;
  return href === null ? undefined : `${scope}[href="${CSS.escape(href)}"]`;
}
