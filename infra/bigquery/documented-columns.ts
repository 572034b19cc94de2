/**
 * Definitions of columns in docs/metrics.md, by view (`<dataset>.<view>`) and column.
 *
 * @param markdown with a heading "### `<view>`" per view, and under it a table whose rows begin "| `<column>` | <definition> |"
 */
export function documentedColumns(markdown: string): Map<string, Map<string, string>> {
  const sections = markdown.split(/^#{2,3} /m).slice(1);
  return new Map(
    sections.flatMap((section) => {
      const view = /^`([\w.]+)`$/m.exec(section.split("\n")[0] ?? "")?.[1];
      const columns = [...section.matchAll(/^\| `(\w+)` +\| (.+?) +\|/gm)];
      return view
        ? [[view, new Map(columns.map(([, name = "", definition = ""]) => [name, definition]))]]
        : [];
    }),
  );
}
