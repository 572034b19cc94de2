/** SQL conditions on fields. Their values are query parameters. */
export class Conditions {
  /** Values by name, referenced as `@name`. */
  readonly params: Record<string, unknown> = {};

  /**
   * Translates a filter expression of Looker: a list of values, a list of excluded values with a minus before each, or NULL.
   * https://cloud.google.com/looker/docs/filter-expressions
   *
   * @param type of the dimension; yesno accepts yes and no
   * @throws {Error} for an expression that the project does not use
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

  /** Compares a field with a value that may contain any character. */
  equal(sql: string, value: string): string {
    return `CAST(${sql} AS STRING) = ${this.#bind(value, "string")}`;
  }

  /** Compares a date with a period, both ends included. @param from, to YYYY-MM-DD */
  within(sql: string, { from, to }: { from: string; to: string }): string {
    return `${sql} BETWEEN DATE(${this.#bind(from, "string")}) AND DATE(${this.#bind(to, "string")})`;
  }

  /** The first moment of a period, in UTC. */
  startOf({ from }: { from: string }): string {
    return `TIMESTAMP(${this.#bind(from, "string")})`;
  }

  /** The first moment after a period, in UTC. */
  endOf({ to }: { to: string }): string {
    return `TIMESTAMP_ADD(TIMESTAMP(${this.#bind(to, "string")}), INTERVAL 1 DAY)`;
  }

  #bind(value: string, type: string): string {
    const name = `p${Object.keys(this.params).length}`;
    this.params[name] = type === "number" ? Number(value) : value;
    return `@${name}`;
  }
}
