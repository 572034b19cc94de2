/** Conditions on fields, whose values are handed over beside the query. */
export class Conditions {
  /** Values by name, for `@name`. */
  readonly params: Record<string, unknown> = {};

  /**
   * What a filter expression of Looker says about a field: a list of values, or with a minus before each, of those that are left out; or NULL.
   * https://cloud.google.com/looker/docs/filter-expressions
   *
   * @param type the dimension's; yesno takes yes and no
   * @throws {Error} for expressions that the project does not use
   */
  match(sql: string, expression: string, type = "string"): string {
    if (type === "yesno") return expression.toLowerCase() === "yes" ? `(${sql})` : `NOT (${sql})`;
    if (expression === "NULL") return `${sql} IS NULL`;
    if (expression === "-NULL" || expression === "NOT NULL") return `${sql} IS NOT NULL`;
    const values = expression.split(",").map((value) => value.trim());
    if (/[%^[\]<>]|\b(NULL|EMPTY|NOT|AND|OR)\b/.test(expression))
      throw new Error(`The console cannot filter by ${expression}`);
    const isNegated = values.every((value) => value.startsWith("-"));
    const listed = values.map((value) => this.#bind(value.replace(/^-/, ""), type));
    return `${sql} ${isNegated ? "NOT IN" : "IN"} (${listed.join(", ")})`;
  }

  /** That a field is a value, whatever characters the value has. */
  equal(sql: string, value: string): string {
    return `CAST(${sql} AS STRING) = ${this.#bind(value, "string")}`;
  }

  /** That a date is among those of a period, both ends included. @param from, to YYYY-MM-DD */
  within(sql: string, { from, to }: { from: string; to: string }): string {
    return `${sql} BETWEEN DATE(${this.#bind(from, "string")}) AND DATE(${this.#bind(to, "string")})`;
  }

  #bind(value: string, type: string): string {
    const name = `p${Object.keys(this.params).length}`;
    this.params[name] = type === "number" ? Number(value) : value;
    return `@${name}`;
  }
}
