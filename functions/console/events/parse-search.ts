/** What a person searches for. */
export type Search =
  | { kind: "all" }
  /** owner/name, or null for any. */
  | { kind: "pull-request"; repository: string | null; number: number }
  /** In lower case; at least seven digits. */
  | { kind: "sha"; sha: string }
  /** E-mail address, in lower case. */
  | { kind: "email"; email: string }
  /** An event's id, a login, or a part of the subject. */
  | { kind: "word"; word: string };

const PULL_REQUEST_URL = /^https?:\/\/[^/]+\/([\w.-]+\/[\w.-]+)\/pull\/(\d{1,9})(?:[/?#].*)?$/;
const PULL_REQUEST = /^([\w.-]+\/[\w.-]+)?#(\d{1,9})$/;
const COMMIT_URL = /^https?:\/\/[^/]+\/[\w.-]+\/[\w.-]+\/commit\/([0-9a-f]{7,40})\b/i;
const SHA = /^(?=.*\d)[0-9a-f]{7,40}$/i;
const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

/** Reads a search: `owner/name#12`, `#12`, the address of a pull request or commit, a sha, an e-mail address, a login or an event's id. */
export function parseSearch(text: string): Search {
  const word = text.trim();
  if (word === "") return { kind: "all" };
  const [, repository, number] = PULL_REQUEST_URL.exec(word) ?? PULL_REQUEST.exec(word) ?? [];
  if (number !== undefined)
    return { kind: "pull-request", repository: repository ?? null, number: Number(number) };
  const sha = COMMIT_URL.exec(word)?.[1] ?? (SHA.test(word) ? word : undefined);
  if (sha !== undefined) return { kind: "sha", sha: sha.toLowerCase() };
  if (EMAIL.test(word)) return { kind: "email", email: word.toLowerCase() };
  return { kind: "word", word: word.replace(/^@/, "") };
}
