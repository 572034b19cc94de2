import { TranslationStore } from "./translation-store.ts";

/** A translation takes about 100 ms, and programs repeat their statements with other times. */
const MAX_ENTRIES = 300;

/** An RFC 3339 time in quotes. Its value has no influence on the translation. */
const TIME_LITERAL = /'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z'/g;

interface Translation {
  sql: string;
  ambiguousSql: string | undefined;
  viewQuery: string | undefined;
}

/** Translations of statements that may be repeated with other times, the latest ones. */
export class TranslationCache<T extends Translation> {
  readonly #translations = new Map<string, T[]>();
  readonly #store = new TranslationStore();

  /**
   * Translates a statement, unless one that differs in its times only was translated before.
   * @param scope what else the translation depends on: the default dataset, parameters
   */
  translate(sql: string, scope: string, translate: (sql: string) => T[]): T[] {
    const times: string[] = [];
    const masked = sql.replaceAll(TIME_LITERAL, (literal) => {
      times.push(literal);
      return `'gsql_time_${times.length - 1}'`;
    });
    const key = `${scope}\n${masked}`;
    const statements = this.#translations.get(key) ?? this.#find(key, () => translate(masked));
    this.#translations.delete(key);
    this.#translations.set(key, statements);
    for (const oldest of this.#translations.keys()) {
      if (this.#translations.size <= MAX_ENTRIES) break;
      this.#translations.delete(oldest);
    }
    const fill = (text: string) =>
      text.replaceAll(/'gsql_time_(\d+)'/g, (_, index: string) => times[Number(index)] ?? "NULL");
    return statements.map((statement) => ({
      ...statement,
      sql: fill(statement.sql),
      ambiguousSql: statement.ambiguousSql === undefined ? undefined : fill(statement.ambiguousSql),
      viewQuery: statement.viewQuery === undefined ? undefined : fill(statement.viewQuery),
    }));
  }

  #find(key: string, translate: () => T[]): T[] {
    // The same version of the translator wrote it.
    const stored = this.#store.read(key) as T[] | undefined;
    if (stored) return stored;
    const statements = translate();
    this.#store.write(key, statements);
    return statements;
  }
}
