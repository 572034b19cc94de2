/** Headers with these names authenticate the sender. */
const secret = /signature|authorization|cookie|token|secret/i;

export interface RedactedHeader {
  name: string;
  /** null: redacted. */
  value: string | null;
}

/** Sorts a delivery's headers by name and redacts credentials. */
export function redactHeaders(headers: Record<string, string>): RedactedHeader[] {
  return Object.entries(headers)
    .map(([name, value]) => ({ name, value: secret.test(name) ? null : value }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
