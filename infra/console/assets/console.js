/**
 * The console's script. Pages are rendered by the server and work without it; with it they show changes as they happen.
 *
 * Data attributes set an element's behaviour:
 *   data-live="deliveries slack"   is redrawn when one of these changes
 *   data-filter, data-change       a form that is sent when its fields change, but for its dates
 *   data-press, data-dispatch, data-say, data-home-opened   act in the local Slack
 *   data-copy, data-copy-from      copies the text of an element, or of an address
 *   data-days                      messages, with a line before each day
 *   data-pick-all                  selects all rows of the list
 *   data-narrow="<id>"             a field that hides the parts of an element whose data-name does not match
 *   data-theme-switch              switches between light and dark
 *   data-json                      JSON that can be folded and searched
 *   data-print, data-png="tile"    print the page, save a tile's chart
 *   data-submit-keys, data-enter   a field whose form is sent with Ctrl+Enter, or Enter
 */
import { drawCharts, saveChart } from "/_console/charts.js";
import { offerCommands } from "/_console/commands.js";
import { copyOnClick } from "/_console/copy.js";
import { viewJson } from "/_console/json-view.js";
import { followChanges } from "/_console/live.js";
import { narrowLists } from "/_console/narrow.js";
import { listenForShortcuts } from "/_console/shortcuts.js";
import { actInSlack } from "/_console/slack.js";
import { switchTheme } from "/_console/switch-theme.js";
import { localizeTimes, separateDays } from "/_console/times.js";

const typing = 250;

document.documentElement.classList.add("scripted");
followChanges();
localizeTimes();
separateDays();
document.addEventListener("console:drawn", () => {
  localizeTimes();
  separateDays();
});
listenForShortcuts();
switchTheme();
actInSlack();
offerCommands();
drawCharts();
copyOnClick();
narrowLists();
viewJson();

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.target instanceof HTMLTextAreaElement)) return;
  const { submitKeys, enter } = event.target.dataset;
  const sends =
    (submitKeys !== undefined && (event.ctrlKey || event.metaKey)) ||
    (enter !== undefined && !event.shiftKey);
  if (!sends || event.isComposing) return;
  event.preventDefault();
  event.target.form?.requestSubmit();
});

// A row of the list opens its delivery, unless one selects text in it.
document.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey }) => {
  const row = target instanceof Element && target.closest("[data-delivery]");
  if (!row || target.closest("a, button, input, label, .pick") || String(getSelection()) !== "") return;
  const { href } = row.querySelector(".what a");
  if (ctrlKey || metaKey || shiftKey) open(href, "_blank");
  else location.assign(href);
});

document.addEventListener("change", ({ target }) => {
  if (!(target instanceof Element) || !target.matches("[data-pick-all]")) return;
  for (const box of document.querySelectorAll("input[name=n]")) box.checked = target.checked;
});

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element && target.closest("[data-print], [data-png]");
  if (!button) return;
  if (button.dataset.png) saveChart(button.dataset.png);
  else print();
});

document.addEventListener("change", (event) => {
  // A date changes with each typed part: its form is sent with Enter or its button.
  if (!(event.target instanceof Element) || event.target.matches("input[type=date]")) return;
  event.target.closest("form[data-change]")?.requestSubmit();
});

let waiting;
document.addEventListener("input", (event) => {
  const form = event.target instanceof Element && event.target.closest("form[data-filter]");
  if (!form) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => filter(form), typing);
});
document.addEventListener("submit", (event) => {
  if (!(event.target instanceof Element) || !event.target.matches("form[data-filter]")) return;
  event.preventDefault();
  filter(event.target);
});

/** Filters the list without leaving the page. The address holds the filter. */
function filter(form) {
  const given = [...new FormData(form)].filter(([, value]) => value !== "");
  history.replaceState(null, "", `${form.getAttribute("action")}?${new URLSearchParams(given)}`);
  document.dispatchEvent(new CustomEvent("console:redraw"));
}
