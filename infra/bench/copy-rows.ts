import type { TableRow } from "../../shared/bigquery/row-writer.ts";

/** More than any number of a pull request, run or deploy in the rows that are copied. */
const NUMBERS_PER_COPY = 10_000;

const timestamp = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
/** Ids of events and generated shas. */
const hash = /(?<![0-9a-f])[0-9a-f]{6}(?=[0-9a-f]{24,34}(?![0-9a-f]))/g;
/** Shas, branches and ids of the example month: a word and a number. */
const word = /(?<![\w-])(?:c|s|m|b|i|e|guid|group)\d+(?![\w-])/g;
/** `"number":7` in a row, `\"number\":7` in the JSON that a row holds. The repositories, whose id is 1, stay. */
const number =
  /(?<=\\?"(?:number|id|source_id|object_id|target_id|pull_request_number|pullRequestNumber|runId|deployment_number|deployment_id|attempt_id)\\?":(?:\\?")?)(?!1\b)\d{1,4}(?!\d)/g;
/** `getsentry/sentry#7`, `getsentry/production/7` */
const subject = /(?<=getsentry\/sentry#|\/(?:production|staging)\/)\d+/g;

/**
 * Copies rows as those of other events, commits, pull requests, runs and deploys.
 *
 * @param copy from 0; each copy differs from the others and from the rows
 * @param shiftMs milliseconds by which every time is later
 */
export function copyRows(rows: TableRow[], copy: number, shiftMs: number): TableRow[] {
  const prefix = copy.toString(16).padStart(6, "0");
  const shifted = (text: string) => new Date(Date.parse(text) + shiftMs).toISOString();
  const renumbered = (text: string) => String(Number(text) + (copy + 1) * NUMBERS_PER_COPY);
  return rows.map(({ row, ...table }) => {
    const text = JSON.stringify(row)
      .replace(timestamp, shifted)
      .replace(hash, prefix)
      .replace(word, (name) => `${name}x${copy}`)
      .replace(number, renumbered)
      .replace(subject, renumbered);
    return { ...table, row: JSON.parse(text) };
  });
}
