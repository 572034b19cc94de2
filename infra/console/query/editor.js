/**
 * The query editor, for the browser: CodeMirror over the form's text field, which stays the form's and works without scripts.
 * bundle-script.ts bundles it.
 */
import { completeFromList } from "@codemirror/autocomplete";
import { sql } from "@codemirror/lang-sql";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { basicSetup } from "codemirror";
import { formatBytes } from "./format-bytes.ts";
import { FUNCTIONS, googleSql } from "./google-sql.js";
import { recallQueries, rememberQuery, saveQuery } from "./stored-queries.js";

const CHECK_AFTER_MS = 500;

/** Colours are the page's, for both colour schemes. */
const highlighting = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--good)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--warn)" },
  { tag: [tags.typeName, tags.standard(tags.name)], color: "var(--accent)" },
  { tag: [tags.lineComment, tags.blockComment], color: "var(--soft)", fontStyle: "italic" },
]);

const theme = EditorView.theme({
  "&": { border: "1px solid var(--line)", borderRadius: "8px", background: "var(--surface)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-content": {
    fontFamily: "var(--mono)",
    fontSize: "0.9rem",
    minHeight: "12rem",
    caretColor: "var(--text)",
  },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { background: "transparent", color: "var(--soft)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { background: "transparent" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection": {
    background: "color-mix(in srgb, var(--accent) 25%, transparent) !important",
  },
  ".cm-tooltip": { background: "var(--surface)", color: "var(--text)", border: "1px solid var(--line)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--on-accent)" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--bad)" },
});

const completeFromFunctions = completeFromList(FUNCTIONS);

/** After a dot only a column or a table can follow. */
function completeFunction(context) {
  return context.matchBefore(/\.\w*/) ? null : completeFromFunctions(context);
}

const field = document.querySelector("textarea[data-editor]");
if (field) startEditor(field);

function startEditor(textarea) {
  const form = textarea.form;
  const note = form.querySelector("[data-check]");
  const tables = JSON.parse(document.getElementById("query-schema").textContent);
  const label = form.querySelector(`label[for="${textarea.id}"]`);
  label.id = "sql-label";
  const submit = () => {
    form.requestSubmit();
    return true;
  };
  const view = new EditorView({
    doc: textarea.value,
    extensions: [
      EditorView.cspNonce.of(textarea.dataset.editor),
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: submit }])),
      basicSetup,
      sql({ dialect: googleSql, schema: toNamespace(tables), upperCaseKeywords: true }),
      googleSql.language.data.of({ autocomplete: completeFunction }),
      syntaxHighlighting(highlighting),
      theme,
      lintGutter(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        id: "sql-editor",
        "aria-labelledby": label.id,
        ...(textarea.hasAttribute("aria-describedby") && {
          "aria-describedby": textarea.getAttribute("aria-describedby"),
        }),
      }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        textarea.value = view.state.doc.toString();
        checkLater();
      }),
    ],
  });
  textarea.after(view.dom);
  textarea.hidden = true;
  label.htmlFor = "sql-editor";
  label.addEventListener("click", () => view.focus());

  if (textarea.dataset.ran !== undefined) {
    rememberQuery(textarea.value);
    holdInAddress(textarea.value);
  }
  const shown = document.getElementById("query-error")?.textContent;
  if (shown) mark(shown);
  listQueries();

  let waiting;
  let asked = 0;
  function checkLater() {
    clearTimeout(waiting);
    waiting = setTimeout(check, CHECK_AFTER_MS);
  }

  /** Asks what the statement would do, and marks where it is wrong. */
  async function check() {
    const text = view.state.doc.toString();
    const mine = ++asked;
    holdInAddress(text);
    if (text.trim() === "") return show({});
    const response = await fetch("/query/check", {
      method: "POST",
      body: new URLSearchParams({ sql: text }),
    }).catch(() => undefined);
    // Only the answer for what is in the editor now.
    if (!response?.ok || mine !== asked || text !== view.state.doc.toString()) return;
    show(await response.json());
  }

  function show({ error, statementType, bytes }) {
    if (error) mark(error);
    else view.dispatch(setDiagnostics(view.state, []));
    if (error) note.textContent = error;
    else if (statementType === "SELECT")
      note.textContent = `Valid. BigQuery would read about ${formatBytes(bytes)}.`;
    else note.textContent = statementType ? `Valid. ${statementType} changes the warehouse.` : "";
  }

  /** Marks the word at `[line:column]` of an error, or the end of the statement. */
  function mark(message) {
    const [, line, column] = /\[(\d+):(\d+)\]/.exec(message) ?? [];
    if (line === undefined || Number(line) > view.state.doc.lines) return;
    const { from, to } = view.state.doc.line(Number(line));
    const start = Math.min(from + Number(column) - 1, to);
    const word = view.state.wordAt(start);
    const end = word?.from === start ? word.to : Math.min(start + 1, to);
    const at = start === end ? Math.max(start - 1, 0) : start;
    view.dispatch(setDiagnostics(view.state, [{ from: at, to: end, severity: "error", message }]));
  }

  function replaceText(text) {
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    view.focus();
  }

  document.querySelector("[data-copy-link]").addEventListener("click", async ({ currentTarget: button }) => {
    holdInAddress(view.state.doc.toString());
    await navigator.clipboard.writeText(location.href);
    sayOn(button, "Link copied");
  });
  document.querySelector("[data-save-query]").addEventListener("click", ({ currentTarget: button }) => {
    saveQuery(view.state.doc.toString());
    listQueries();
    sayOn(button, "Saved");
  });
  // A column or a table's link puts its text where the cursor is.
  document.querySelector(".schema").addEventListener("click", (event) => {
    const name = event.target.closest?.("[data-insert]")?.dataset.insert;
    if (name === undefined) return;
    view.dispatch(view.state.replaceSelection(name));
    view.focus();
  });

  function listQueries() {
    const details = document.querySelector("[data-queries]");
    const queries = recallQueries();
    details.hidden = queries.length === 0;
    details.querySelector("ul").replaceChildren(
      ...queries.map(({ text, saved }) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "query-text";
        button.textContent = text;
        button.addEventListener("click", () => replaceText(text));
        item.append(saved ? "Saved: " : "", button);
        return item;
      }),
    );
  }
}

function sayOn(button, text) {
  const before = button.textContent;
  button.textContent = text;
  setTimeout(() => {
    button.textContent = before;
  }, 1500);
}

/** So that a reload, a bookmark or a sent link opens with the statement. */
function holdInAddress(text) {
  history.replaceState(null, "", `/query?${new URLSearchParams({ sql: text })}`);
}

/** `{dataset: {table: [column…]}}` of `[{name, columns: [[name, type]…]}…]` */
function toNamespace(tables) {
  const namespace = {};
  for (const { name, columns } of tables) {
    const [dataset, table] = name.split(".");
    namespace[dataset] ??= {};
    const shown = document.querySelector(`#schema [data-table="${name}"]`);
    namespace[dataset][table] = columns.map(([label, type]) => ({
      label,
      detail: type,
      info: () => describe(shown.querySelector(`[data-insert="${label}"]`)),
      type: "property",
    }));
  }
  return namespace;
}

/** The description of a column, for CodeMirror's info; null without a description. */
function describe(button) {
  const { title } = button.closest("[title]") ?? {};
  return title ? document.createTextNode(title) : null;
}
