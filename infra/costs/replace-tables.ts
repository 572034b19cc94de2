/**
 * Replaces what is between `<!-- NAME -->` and `<!-- end of NAME -->` for each name.
 * @throws {Error} naming a table that the page lacks
 */
export function replaceTables(page: string, tables: Record<string, string>): string {
  return Object.entries(tables).reduce((text, [name, table]) => {
    const place = new RegExp(`(<!-- ${name} -->\n).*?(\n<!-- end of ${name} -->)`, "s");
    if (!place.test(text)) throw new Error(`docs/setup.md has no place for the table ${name}`);
    return text.replace(place, (_, start: string, end: string) => `${start}${table}${end}`);
  }, page);
}
