/** Prefix of a command for a suite that does not listen on the default port. */
export function portPrefix(url: string): string {
  const { port } = new URL(url);
  return port === "3000" ? "" : `PORT=${port} `;
}
