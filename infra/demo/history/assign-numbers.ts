export type Numbered<T> = T & { number: number };

/**
 * Numbers what was opened in a repository, as GitHub does: issues and pull requests together, in their order.
 *
 * @param first of each repository
 */
export function assignNumbers<T extends { repository: string; opened: number }>(
  opened: T[],
  first: Record<string, number>,
): Numbered<T>[] {
  const next = { ...first };
  return opened
    .toSorted((a, b) => a.opened - b.opened)
    .map((one) => {
      const number = next[one.repository] ?? 1;
      next[one.repository] = number + 1;
      return { ...one, number };
    });
}
