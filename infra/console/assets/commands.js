/**
 * Offers the bot's commands while one types, with the keys of https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. A field of several lines
 * cannot have that role. It names its list in `data-commands`.
 */
export function offerCommands() {
  for (const field of document.querySelectorAll("[data-commands]")) {
    const list = document.getElementById(field.dataset.commands);
    if (list) connect(field, list);
  }
}

function connect(field, list) {
  const options = [...list.querySelectorAll("[role=option]")];
  const visible = () => options.filter((option) => !option.hidden);
  const select = (option) => {
    for (const each of options) each.setAttribute("aria-selected", String(each === option));
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  };
  const open = (isOpen) => {
    list.hidden = !isOpen;
    if (!isOpen) select(undefined);
  };
  const filter = () => {
    const typed = field.value.trimStart().toLowerCase().replace(/^\//, "");
    for (const option of options) option.hidden = !option.dataset.command.startsWith(typed);
    open(field.value !== "" && visible().length > 0 && visible()[0].dataset.command !== typed);
    select(undefined);
  };
  const take = (option) => {
    field.value = option.dataset.command;
    open(false);
    field.focus();
  };
  field.addEventListener("input", filter);
  field.addEventListener("blur", () => open(false));
  // Before the field loses the focus.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const selected = options.find((option) => option.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) select(visible().at((visible().indexOf(selected) + step) % visible().length));
    else if (event.key === "Escape") open(false);
    else if ((event.key === "Enter" || event.key === "Tab") && selected) take(selected);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
