/** Fields that a search can name, each with its explanation. */
export const searchFields = {
  status: "the response: status:401, status:4xx",
  source: "the sender: source:github",
  type: "part of the type: type:check_run",
  repo: "part of the repository: repo:getsentry/sentry",
  actor: "part of the person or bot: actor:mira",
  subscriber: "part of the function: subscriber:metrics",
  outcome: "of a subscriber: outcome:retrying, outcome:dead-lettered",
  event: "the beginning of the event id: event:72d3162e",
  payload: 'the sender\'s body: payload:"empty recording"',
} as const;

export type SearchField = keyof typeof searchFields | "any";

export interface SearchTerm {
  field: SearchField;
  /** In lower case. */
  text: string;
  /** Whether deliveries must not match: `-source:github`. */
  isExcluded: boolean;
}

const term = new RegExp(`(-)?(?:(${Object.keys(searchFields).join("|")}):)?(?:"([^"]*)"?|(\\S+))`, "g");

/** Parses a search: words, or phrases in quotes, after the name of a field or not. `-` excludes. */
export function parseSearch(search: string): SearchTerm[] {
  return [...search.toLowerCase().matchAll(term)].flatMap(([, minus, name, phrase, word]) => {
    const text = phrase ?? word ?? "";
    return text === ""
      ? []
      : [{ field: (name ?? "any") as SearchField, text, isExcluded: minus !== undefined }];
  });
}
