import { announce } from "/_console/announce.js";
import { confirmed } from "/_console/confirm.js";

/** Sends presses, inputs, messages and opened App Homes to the Slack emulator. */
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
    if (
      confirm !== undefined &&
      !(await confirmed(JSON.parse(confirm), button.querySelector("template").content.cloneNode(true)))
    )
      return;
    await act(
      "press",
      { ...readTarget(button), action_id: press, ...(value !== undefined && { value }) },
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
      if (dispatch !== undefined) await act("press", { ...readTarget(form), action_id: dispatch, value });
    }
  });

  const home = document.querySelector("[data-home-opened]");
  if (home) void act("open-home", { user: home.dataset.homeOpened });
}

/** The message or view around an element, and the acting user. */
function readTarget(element) {
  const { channel, ts, view, user } = element.closest("[data-ts], [data-view]")?.dataset ?? {};
  return view === undefined ? { channel, ts, user } : { view_id: view, user };
}

async function say(form) {
  const { user, channel, thread } = form.dataset;
  const bot = "<@U0BOT>";
  const words = new FormData(form).get("text").trim();
  // Slack escapes typed text: https://docs.slack.dev/messaging/formatting-message-text#escaping
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

/** @returns whether it succeeded; shows the error otherwise */
async function act(what, body, button) {
  button?.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(`/_local/slack/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const { error, status, body: reply } = await response.json();
    const wrong = error ?? (status >= 300 ? `The slack function responded ${status} ${reply}` : undefined);
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
  const problem = document.createElement("p");
  problem.id = "problem";
  problem.className = "problem";
  problem.setAttribute("role", "alert");
  problem.textContent = words;
  document.querySelector("main").append(problem);
}

const seen = new Set();

/** Slack shows a modal when it is opened. Modals from before the page loaded have a button. */
function showNewModals(first) {
  for (const dialog of document.querySelectorAll("dialog[data-modal]")) {
    if (!first && !seen.has(dialog.id) && !dialog.open) dialog.showModal();
    seen.add(dialog.id);
  }
}
