/**
 * Writes the values of a query's named parameters into its text: the local suite's API takes statements without parameters.
 *
 * @throws {Error} for a parameter without a value
 */
export function inlineParameters(sql: string, params: Record<string, unknown>): string {
  return sql.replaceAll(/@(\w+)/g, (_, name: string) => {
    if (params[name] === undefined) throw new Error(`The parameter ${name} has no value`);
    return literal(params[name]);
  });
}

/** @throws {Error} for a value that is no number, string or array of such */
function literal(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (typeof value === "string")
    return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n")}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  throw new Error(`A parameter has the type ${typeof value}`);
}
