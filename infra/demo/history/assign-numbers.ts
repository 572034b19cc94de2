export type Numbered<T> = T & { number: number };

/**
 * Numbers issues and pull requests of each repository in one sequence, in the order in which they were opened, as GitHub does.
 *
 * @param first number of each repository; 1 by default
 */
export function assignNumbers<T extends { repository: string; opened: number }>(
  opened: T[],
  first: Record<string, number>,
): Numbered<T>[] {
  const next = { ...first };
  return opened
    .toSorted((a, b) => a.opened - b.opened)
    .map((item) => {
      const number = next[item.repository] ?? 1;
      next[item.repository] = number + 1;
      return { ...item, number };
    });
}
