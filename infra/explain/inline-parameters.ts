/**
 * Writes the values of a query's named parameters into its text: the local suite's API takes statements without parameters.
 *
 * @throws {Error} for a parameter without a value
 */
export function inlineParameters(sql: string, params: Record<string, unknown>): string {
  return sql.replaceAll(/@(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (typeof value === "number") return String(value);
    if (typeof value === "string")
      return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n")}'`;
    throw new Error(`The parameter ${name} has no value`);
  });
}
