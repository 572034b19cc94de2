import { announce } from "/_console/announce.js";

/** Connects each field `data-narrow="<id>"` to the parts of that element: a part is hidden unless its `data-name` has all words. */
export function narrowLists() {
  for (const field of document.querySelectorAll("[data-narrow]")) {
    const list = document.getElementById(field.dataset.narrow);
    field.addEventListener("input", () => narrow(list, field.value));
    // The form around the field, if any, must not be sent.
    field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  }
}

function narrow(list, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const parts = [...list.querySelectorAll("[data-name]")];
  for (const part of parts) part.hidden = !words.every((word) => part.dataset.name.includes(word));
  const shown = parts.filter((part) => !part.hidden).length;
  list.querySelector("[data-none]").hidden = shown > 0;
  for (const group of list.querySelectorAll("[data-group]"))
    group.hidden = !group.querySelector("[data-name]:not([hidden])");
  announce(`${shown} of ${parts.length}`);
}
