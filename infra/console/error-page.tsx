import { Layout } from "../../shared/console/layout.tsx";

interface ErrorPageProps {
  title?: string;
  /** One sentence. */
  message: string;
  /** What the reader can do. */
  advice?: string;
}

/** Shown when there is no page to show. */
export function ErrorPage({ title = "Not found", message, advice }: ErrorPageProps) {
  return (
    <Layout title={title}>
      <h1>{title}</h1>
      <p>{message}</p>
      {advice !== undefined && <p className="note">{advice}</p>}
      <p>
        <a href="/">All deliveries</a>, <a href="/trigger">Trigger</a>, <a href="/slack">Slack</a>,{" "}
        <a href="/dashboards">Dashboards</a>, <a href="/query">Query</a>, <a href="/schedules">Schedules</a>,{" "}
        <a href="/connect">Connect</a>
      </p>
    </Layout>
  );
}
