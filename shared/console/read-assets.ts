import { readFileSync } from "node:fs";

/** Files that pages of both consoles load, below `/_console`. A script imports the others by that path. */
const files = {
  "announce.js": new URL("./assets/announce.js", import.meta.url),
  "base.css": new URL("./assets/base.css", import.meta.url),
  "cloud.css": new URL("./assets/cloud.css", import.meta.url),
  "cloud.js": new URL("./assets/cloud.js", import.meta.url),
  "copy.js": new URL("./assets/copy.js", import.meta.url),
  "data.css": new URL("./assets/data.css", import.meta.url),
  "deliveries.css": new URL("./assets/deliveries.css", import.meta.url),
  "events.css": new URL("./assets/events.css", import.meta.url),
  "forms.css": new URL("./assets/forms.css", import.meta.url),
  "frame.css": new URL("./assets/frame.css", import.meta.url),
  "icon.svg": new URL("./assets/icon.svg", import.meta.url),
  "inspect.css": new URL("./assets/inspect.css", import.meta.url),
  "parts.css": new URL("./assets/parts.css", import.meta.url),
  "switch-theme.js": new URL("./assets/switch-theme.js", import.meta.url),
  "theme.js": new URL("./assets/theme.js", import.meta.url),
  "times.js": new URL("./assets/times.js", import.meta.url),
};

/**
 * Reads the files that pages of both consoles load. A build replaces this module by the files' contents (infra/build/embed-files.ts): a
 * deployed function is one file.
 *
 * @returns contents by name
 */
export function readAssets(): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, url]) => [name, readFileSync(url, "utf8")]));
}
