/** A filter that Pub/Sub would refuse. The message names the position. */
export class FilterError extends Error {
  override name = "FilterError";
}

type Attributes = Record<string, string>;
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
 * AND and OR need parentheses when they are mixed, operators are upper-case, keys with other characters are quoted.
 *
 * @returns a predicate over a message's attributes
 * @throws {FilterError} when the text does not parse or is longer than 256 bytes
 */
export function parseFilter(text: string): Filter {
  if (Buffer.byteLength(text) > MAX_BYTES) throw new FilterError(`A filter has at most ${MAX_BYTES} bytes`);
  const parser = new Parser(tokenize(text));
  const filter = parser.parseExpression();
  parser.expectEnd();
  return filter;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new FilterError(`Unexpected text at position ${at}: ${text.slice(at, at + 20)}`);
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

  parseExpression(): Filter {
    const terms = [this.#parseNegation()];
    const operator = this.#peek();
    while (this.#isWord("AND") || this.#isWord("OR")) {
      const next = this.#advance();
      if (next.text !== operator.text) throw this.#unexpected(next, "parentheses between AND and OR");
      terms.push(this.#parseNegation());
    }
    if (operator.text === "OR") return (attributes) => terms.some((term) => term(attributes));
    return (attributes) => terms.every((term) => term(attributes));
  }

  expectEnd() {
    if (this.#peek().kind !== "end") throw this.#unexpected(this.#peek(), "AND, OR or the end");
  }

  #parseNegation(): Filter {
    if (!this.#isWord("NOT") && !this.#isSymbol("-")) return this.#parsePrimary();
    this.#advance();
    const inner = this.#parsePrimary();
    return (attributes) => !inner(attributes);
  }

  #parsePrimary(): Filter {
    if (this.#isSymbol("(")) {
      this.#advance();
      const inner = this.parseExpression();
      this.#expectSymbol(")");
      return inner;
    }
    if (this.#isWord("hasPrefix")) return this.#parseHasPrefix();
    this.#expectWord("attributes");
    if (this.#isSymbol(":")) {
      this.#advance();
      const key = this.#expectKey();
      return (attributes) => Object.hasOwn(attributes, key);
    }
    this.#expectSymbol(".");
    return this.#parseComparison(this.#expectKey());
  }

  #parseComparison(key: string): Filter {
    const operator = this.#advance();
    if (operator.text !== "=" && operator.text !== "!=") throw this.#unexpected(operator, "= or !=");
    const value = this.#expectString();
    if (operator.text === "=") return (attributes) => attributes[key] === value;
    return (attributes) => attributes[key] !== value;
  }

  #parseHasPrefix(): Filter {
    this.#advance();
    this.#expectSymbol("(");
    this.#expectWord("attributes");
    this.#expectSymbol(".");
    const key = this.#expectKey();
    this.#expectSymbol(",");
    const prefix = this.#expectString();
    this.#expectSymbol(")");
    return (attributes) => Object.hasOwn(attributes, key) && (attributes[key]?.startsWith(prefix) ?? false);
  }

  #expectKey(): string {
    const next = this.#advance();
    if (next.kind !== "word" && next.kind !== "string") throw this.#unexpected(next, "an attribute's key");
    return next.text;
  }

  #expectString(): string {
    const next = this.#advance();
    if (next.kind !== "string") throw this.#unexpected(next, "a string in double quotes");
    return next.text;
  }

  #expectWord(text: string) {
    const next = this.#advance();
    if (next.kind !== "word" || next.text !== text) throw this.#unexpected(next, text);
  }

  #expectSymbol(text: string) {
    const next = this.#advance();
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

  #advance(): Token {
    const next = this.#peek();
    this.#position++;
    return next;
  }

  #unexpected(found: Token, expected: string): FilterError {
    return new FilterError(`At position ${found.at}: expected ${expected}, found ${found.text}`);
  }
}
