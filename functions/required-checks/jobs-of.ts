/** A job that the required check waits for. */
export interface Job {
  name: string;
  /** GitHub's page of it. */
  url: string | null;
  /** success, failure, missing, … */
  conclusion: string;
}

/** The first two rows of a Markdown table are its header and its ruler. */
const HEAD_ROWS = 2;

/** The jobs in the table of the check's report: Markdown rows `| [job](link) | conclusion |`. */
export function jobsOf(report: string): Job[] {
  return report
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("|"))
    .slice(HEAD_ROWS)
    .flatMap((row) => jobOf(row));
}

function jobOf(row: string): Job[] {
  // A name may have a bar in it, escaped as Markdown wants it.
  const cells = row
    .replace(/^\|/, "")
    .replace(/\|$/, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll("\\|", "|").trim());
  const [job = "", conclusion = ""] = cells;
  if (job === "" || conclusion === "") return [];
  const linked = /^\[(?<name>.*)\]\((?<url>https?:\/\/[^)\s]+)\)$/.exec(job)?.groups;
  return [{ name: linked?.name ?? job, url: linked?.url ?? null, conclusion: conclusion.toLowerCase() }];
}
