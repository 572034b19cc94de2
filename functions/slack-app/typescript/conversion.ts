import type { Config } from "../../../shared/config.ts";

/** Files of a tree, by what they are written in. */
export interface Conversion {
  typescript: number;
  javascript: number;
}

/**
 * Counts how much of a tree is converted to TypeScript. Declarations are neither: they describe code that is elsewhere. Pure.
 *
 * @param paths of the files, relative to the tree
 * @param ignored paths under the tree; those without a slash are names of folders, wherever they are
 */
export function conversionOf(paths: string[], ignored: Config["typescript"]["ignored"]): Conversion {
  const counted = paths.filter((path) => !ignored.some((each) => isUnder(path, each)));
  const matching = (pattern: RegExp) => counted.filter((path) => pattern.test(path)).length;
  return { typescript: matching(/(?<!\.d)\.tsx?$/), javascript: matching(/\.jsx?$/) };
}

function isUnder(path: string, ignored: string): boolean {
  const folder = ignored.replace(/^\/+|\/+$/g, "");
  if (path === folder || path.startsWith(`${folder}/`)) return true;
  return !folder.includes("/") && path.includes(`/${folder}/`);
}
