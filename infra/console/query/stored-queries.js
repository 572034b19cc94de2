/** Queries that this browser keeps: saved ones, and the last that ran. */
const KEY = "ci-tooling.queries";
const MAX_RECENT = 20;

function read() {
  try {
    const { saved = [], recent = [] } = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return { saved, recent };
  } catch {
    return { saved: [], recent: [] };
  }
}

function write(queries) {
  try {
    localStorage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // The browser keeps nothing for this page: a private window, or a full disk.
  }
}

/** Newest first, saved ones before recent ones. */
export function recallQueries() {
  const { saved, recent } = read();
  return [
    ...saved.map((text) => ({ text, saved: true })),
    ...recent.filter((text) => !saved.includes(text)).map((text) => ({ text, saved: false })),
  ];
}

export function rememberQuery(text) {
  const { saved, recent } = read();
  write({ saved, recent: [text, ...recent.filter((other) => other !== text)].slice(0, MAX_RECENT) });
}

export function saveQuery(text) {
  const { saved, recent } = read();
  write({ saved: [text, ...saved.filter((other) => other !== text)], recent });
}
