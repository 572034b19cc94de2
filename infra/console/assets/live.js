import { announce } from "/_console/announce.js";

/** Redraws each `data-live` element when the suite publishes a change, unless the user paused updates. */
export function followChanges() {
  let paused = false;
  let missed = new Set();
  const redraw = queued(drawAgain);
  const onChange = (changed) => {
    if (paused) missed.add(changed);
    else if (document.querySelector(`[data-live~="${changed}"]`)) redraw([changed]);
  };
  document.addEventListener("console:redraw", () => redraw(["deliveries", "slack"]));

  if (document.querySelector("[data-live]")) {
    const source = new EventSource("/_console/changes");
    source.addEventListener("open", () => {
      document.documentElement.classList.remove("offline");
      // Changes since the page was rendered, or during an outage, are not sent again.
      redraw(["deliveries", "slack"]);
    });
    source.addEventListener("error", () => document.documentElement.classList.add("offline"));
    for (const changed of ["deliveries", "slack"]) source.addEventListener(changed, () => onChange(changed));
    // A page in the back/forward cache would keep its connection; browsers allow six per host.
    window.addEventListener("pagehide", () => source.close());
  }

  document.querySelector("[data-pause]")?.addEventListener("click", ({ currentTarget }) => {
    paused = !paused;
    currentTarget.setAttribute("aria-pressed", String(paused));
    if (paused) return;
    redraw([...missed]);
    missed = new Set();
  });
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
      await run(now).catch((error) => console.error(error));
    }
    running = false;
  };
}

async function drawAgain(changed) {
  const response = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const state = remember();
  for (const old of document.querySelectorAll("[data-live]")) {
    const parts = old.dataset.live.split(" ");
    const next = fresh.getElementById(old.id);
    if (!next || !parts.some((part) => changed.includes(part)) || old.innerHTML === next.innerHTML) continue;
    const followed = old.scrollHeight - old.scrollTop - old.clientHeight < 60;
    old.replaceChildren(...next.childNodes);
    if ("follow" in old.dataset && followed) old.scrollTop = old.scrollHeight;
  }
  restore(state);
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
  return { typed, open, focused: pathTo(activeElement) };
}

function restore({ typed, open, focused }) {
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
