import { announce } from "/_console/announce.js";
import { confirmed } from "/_console/confirm.js";

/** Has people press buttons, send what they typed, write and open App Home in the local Slack. */
export function actInSlack() {
  const conversation = document.querySelector("[data-follow]");
  if (conversation && !location.hash) conversation.scrollTop = conversation.scrollHeight;
  showNewModals(true);
  document.addEventListener("console:drawn", () => showNewModals(false));

  document.addEventListener("click", async ({ target }) => {
    if (!(target instanceof Element)) return;
    const opener = target.closest("[data-open]");
    if (opener) document.getElementById(opener.dataset.open)?.showModal();
    const button = target.closest("[data-press]");
    if (!button) return;
    const { press, value, confirm } = button.dataset;
    if (confirm !== undefined && !(await confirmed(JSON.parse(confirm)))) return;
    await act(
      "press",
      { ...placeOf(button), action_id: press, ...(value !== undefined && { value }) },
      button,
    );
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.matches("[data-say]")) {
      event.preventDefault();
      await say(form);
    } else if (form.matches(".slack-input")) {
      event.preventDefault();
      const { dispatch } = form.dataset;
      const value = new FormData(form).get("value");
      if (dispatch !== undefined) await act("press", { ...placeOf(form), action_id: dispatch, value });
    }
  });

  const home = document.querySelector("[data-home-opened]");
  if (home) void act("open-home", { user: home.dataset.homeOpened });
}

/** The message or view that an element stands on, and who acts there. */
function placeOf(element) {
  const { channel, ts, view, user } = element.closest("[data-ts], [data-view]")?.dataset ?? {};
  return view === undefined ? { channel, ts, user } : { view_id: view, user };
}

async function say(form) {
  const { user, channel, thread } = form.dataset;
  const bot = "<@U0BOT>";
  const words = new FormData(form).get("text").trim();
  // As Slack does with what people type: https://docs.slack.dev/messaging/formatting-message-text#escaping
  const escaped = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const text = escaped.replaceAll("@ci-tooling", bot);
  const mentions = channel === undefined || text.includes(bot);
  const sent = await act("say", {
    user,
    text: mentions ? text : `${bot} ${text}`,
    ...(channel !== undefined && { channel }),
    ...(thread !== undefined && { thread_ts: thread }),
  });
  if (sent) form.reset();
}

/** @returns whether the function took it; what went wrong is shown otherwise */
async function act(what, body, button) {
  button?.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(`/_local/slack/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const { error, status, body: answer } = await response.json();
    const wrong = error ?? (status >= 300 ? `The slack function answered ${status} ${answer}` : undefined);
    showProblem(wrong);
    if (!wrong) announce("Sent");
    return wrong === undefined;
  } finally {
    button?.removeAttribute("aria-busy");
  }
}

function showProblem(words) {
  document.getElementById("problem")?.remove();
  if (words === undefined) return;
  const place = document.createElement("p");
  place.id = "problem";
  place.className = "problem";
  place.setAttribute("role", "alert");
  place.textContent = words;
  document.querySelector("main").append(place);
}

const seen = new Set();

/** Slack shows a modal when it is opened; those that were there before the page are opened by hand. */
function showNewModals(first) {
  for (const dialog of document.querySelectorAll("dialog[data-modal]")) {
    if (!first && !seen.has(dialog.id) && !dialog.open) dialog.showModal();
    seen.add(dialog.id);
  }
}
