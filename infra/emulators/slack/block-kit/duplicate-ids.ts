import { formatProblem } from "./problems.ts";

interface Identified {
  block_id?: string;
  elements?: unknown;
}

/**
 * A block_id must be unique in its message or view, an action_id in its block.
 * https://docs.slack.dev/reference/block-kit/blocks
 *
 * @returns one line of `response_metadata.messages` for each repetition
 */
export function findDuplicateIds(blocks: unknown[], pointer: string): string[] {
  const identified = blocks as Identified[];
  const repeatedBlocks = findRepeated(identified.map(({ block_id }) => block_id)).map(({ id, index }) =>
    formatProblem(`block_id \`${id}\` already exists`, `${pointer}/${index}/block_id`),
  );
  const repeatedActions = identified.flatMap(({ elements }, blockIndex) =>
    findRepeated(actionIds(elements)).map(({ id, index }) =>
      formatProblem(
        `action_id \`${id}\` already exists`,
        `${pointer}/${blockIndex}/elements/${index}/action_id`,
      ),
    ),
  );
  return [...repeatedBlocks, ...repeatedActions];
}

function actionIds(elements: unknown): (string | undefined)[] {
  return Array.isArray(elements)
    ? elements.map((element) => (element as { action_id?: string } | null)?.action_id)
    : [];
}

function findRepeated(ids: (string | undefined)[]): { id: string; index: number }[] {
  return ids.flatMap((id, index) => (id && ids.indexOf(id) < index ? [{ id, index }] : []));
}
