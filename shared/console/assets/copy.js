import { announce } from "/_console/announce.js";

/** Copies the text of an element (`data-copy`, its id), or of an address (`data-copy-from`). */
export function copyOnClick() {
  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-copy], [data-copy-from]");
    if (!button) return;
    event.preventDefault();
    const { copy, copyFrom } = button.dataset;
    if (copyFrom === undefined) return copyText(document.getElementById(copy)?.textContent ?? "", button);
    const response = await fetch(copyFrom);
    const text = await response.text();
    if (response.ok) await copyText(text, button);
    else say(text, button, 6000);
  });
}

/** Copies a text and says so at the button. */
export async function copyText(text, button) {
  await navigator.clipboard.writeText(text);
  say("Copied", button, 1500);
}

function say(words, button, ms) {
  announce(words);
  button.dataset.copied = words;
  setTimeout(() => delete button.dataset.copied, ms);
}
