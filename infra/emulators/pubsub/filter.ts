/** Thrown for a filter that Pub/Sub would refuse; the message says where. */
export class FilterError extends Error {
  override name = "FilterError";
}

export type Attributes = Record<string, string>;
export type Filter = (attributes: Attributes) => boolean;

interface Token {
  kind: "word" | "string" | "symbol" | "end";
  text: string;
  at: number;
}

/** Pub/Sub's limit, https://cloud.google.com/pubsub/quotas */
const MAX_BYTES = 256;
const token = /\s*(?:([A-Za-z_][A-Za-z0-9_-]*)|"((?:[^"\\]|\\.)*)"|(!=|[=:.,()-]))/y;

/**
 * Parses a subscription's filter, https://cloud.google.com/pubsub/docs/subscription-message-filter
 *
 * `attributes:key`, `attributes.key = "v"`, `!=`, `hasPrefix(attributes.key, "p")`, `NOT` or `-`, `AND`, `OR`, parentheses;
 * AND and OR are not mixed without parentheses, operators are upper-case, keys with other characters are quoted.
 *
 * @returns whether a message with these attributes passes
 * @throws {FilterError}
 */
export function parseFilter(text: string): Filter {
  if (Buffer.byteLength(text) > MAX_BYTES) throw new FilterError(`A filter has at most ${MAX_BYTES} bytes`);
  const parser = new Parser(tokenize(text));
  const filter = parser.expression();
  parser.end();
  return filter;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new FilterError(`Not understood at position ${at}: ${text.slice(at, at + 20)}`);
    const [, word, string, symbol = ""] = match;
    if (word !== undefined) tokens.push({ kind: "word", text: word, at });
    else if (string !== undefined) tokens.push({ kind: "string", text: string.replace(/\\(.)/g, "$1"), at });
    else tokens.push({ kind: "symbol", text: symbol, at });
  }
  return [...tokens, { kind: "end", text: "the end", at: text.length }];
}

/** Recursive descent: expression → terms joined by one operator → negation → comparison. */
class Parser {
  readonly #tokens: Token[];
  #position = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  expression(): Filter {
    const terms = [this.#negation()];
    const operator = this.#peek();
    while (this.#isWord("AND") || this.#isWord("OR")) {
      const next = this.#take();
      if (next.text !== operator.text)
        throw this.#unexpected(next, "parentheses, where AND and OR are mixed");
      terms.push(this.#negation());
    }
    if (operator.text === "OR") return (attributes) => terms.some((term) => term(attributes));
    return (attributes) => terms.every((term) => term(attributes));
  }

  end() {
    if (this.#peek().kind !== "end") throw this.#unexpected(this.#peek(), "AND, OR or the end");
  }

  #negation(): Filter {
    if (!this.#isWord("NOT") && !this.#isSymbol("-")) return this.#primary();
    this.#take();
    const inner = this.#primary();
    return (attributes) => !inner(attributes);
  }

  #primary(): Filter {
    if (this.#isSymbol("(")) {
      this.#take();
      const inner = this.expression();
      this.#symbol(")");
      return inner;
    }
    if (this.#isWord("hasPrefix")) return this.#hasPrefix();
    this.#word("attributes");
    if (this.#isSymbol(":")) {
      this.#take();
      const key = this.#key();
      return (attributes) => Object.hasOwn(attributes, key);
    }
    this.#symbol(".");
    return this.#comparison(this.#key());
  }

  #comparison(key: string): Filter {
    const operator = this.#take();
    if (operator.text !== "=" && operator.text !== "!=") throw this.#unexpected(operator, "= or !=");
    const value = this.#string();
    if (operator.text === "=") return (attributes) => attributes[key] === value;
    return (attributes) => attributes[key] !== value;
  }

  #hasPrefix(): Filter {
    this.#take();
    this.#symbol("(");
    this.#word("attributes");
    this.#symbol(".");
    const key = this.#key();
    this.#symbol(",");
    const prefix = this.#string();
    this.#symbol(")");
    return (attributes) => Object.hasOwn(attributes, key) && (attributes[key]?.startsWith(prefix) ?? false);
  }

  #key(): string {
    const next = this.#take();
    if (next.kind !== "word" && next.kind !== "string") throw this.#unexpected(next, "an attribute's key");
    return next.text;
  }

  #string(): string {
    const next = this.#take();
    if (next.kind !== "string") throw this.#unexpected(next, "a string in double quotes");
    return next.text;
  }

  #word(text: string) {
    const next = this.#take();
    if (next.kind !== "word" || next.text !== text) throw this.#unexpected(next, text);
  }

  #symbol(text: string) {
    const next = this.#take();
    if (next.kind !== "symbol" || next.text !== text) throw this.#unexpected(next, text);
  }

  #isWord(text: string): boolean {
    const next = this.#peek();
    return next.kind === "word" && next.text === text;
  }

  #isSymbol(text: string): boolean {
    const next = this.#peek();
    return next.kind === "symbol" && next.text === text;
  }

  #peek(): Token {
    return this.#tokens[Math.min(this.#position, this.#tokens.length - 1)] as Token;
  }

  #take(): Token {
    const next = this.#peek();
    this.#position++;
    return next;
  }

  #unexpected(found: Token, expected: string): FilterError {
    return new FilterError(`At position ${found.at}: expected ${expected}, found ${found.text}`);
  }
}
