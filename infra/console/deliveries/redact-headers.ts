/** Names of headers that prove who the sender is: whoever knows their values can send in its name. */
const secret = /signature|authorization|cookie|token|secret/i;

export interface RedactedHeader {
  name: string;
  /** null: not shown. */
  value: string | null;
}

/** A delivery's headers by name, those that hold a credential without their value. */
export function redactHeaders(headers: Record<string, string>): RedactedHeader[] {
  return Object.entries(headers)
    .map(([name, value]) => ({ name, value: secret.test(name) ? null : value }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
