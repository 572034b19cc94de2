/**
 * Shows a confirmation dialog: https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
 *
 * @param content the rendered text
 * @returns whether the person confirmed
 */
export function confirmed({ title, confirm, deny, style }, content) {
  const dialog = document.createElement("dialog");
  dialog.className = "confirm";
  dialog.setAttribute("aria-labelledby", "confirm-title");
  const form = element("form", "");
  form.method = "dialog";
  const heading = element("h2", title.text);
  heading.id = "confirm-title";
  const no = element("button", deny.text);
  const yes = element("button", confirm.text);
  yes.value = "yes";
  yes.className = style === "danger" ? "danger" : "primary";
  const buttons = element("p", "");
  buttons.className = "actions";
  buttons.append(no, yes);
  form.append(heading, content, buttons);
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

/** textContent never parses text as HTML. */
function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
