import type { Explanation } from "../explain/explain-deployment.ts";
import { DataTable } from "./data-table.tsx";
import { Layout } from "./layout.tsx";

interface ExplainPageProps {
  /** What was asked for, e.g. getsentry#87. */
  deploy: string;
  explanations: Explanation[];
  /** Why there is no explanation. */
  error?: string;
}

/** How the metrics count a deploy, and why. */
export function ExplainPage({ deploy, explanations, error }: ExplainPageProps) {
  return (
    <Layout title="Explain a deploy" section="Dashboards">
      <h1>Explain a deploy</h1>
      <p className="note about">
        How the metrics count a deploy to production: its kind, each commit with its pull request and clock,
        and which rule made it a failure.
      </p>
      <form className="filter" action="/explain">
        <label>
          Deploy
          <input name="deploy" defaultValue={deploy} placeholder="getsentry#87" required />
        </label>
        <button type="submit">Explain</button>
      </form>
      {error !== undefined && <p className="error">{error}</p>}
      {explanations.map((explanation) => (
        <ExplainedDeploy key={explanation.title} {...explanation} />
      ))}
    </Layout>
  );
}

function ExplainedDeploy({ title, sentences, commits }: Explanation) {
  const rows = commits.map(({ commit, pullRequest, title: subject, author, isCounted, why }) => ({
    commit: commit.slice(0, 12),
    "pull request": pullRequest ?? "none",
    title: subject ?? "",
    author: author ?? "",
    counted: isCounted ? "yes" : "no",
    why,
  }));
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {rows.length > 0 && (
        <DataTable
          label={`Commits of ${title}`}
          columns={["commit", "pull request", "title", "author", "counted", "why"]}
          rows={rows}
        />
      )}
    </section>
  );
}
