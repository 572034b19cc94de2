import { Layout } from "./layout.tsx";

interface ErrorPageProps {
  title?: string;
  /** One sentence. */
  message: string;
}

/** Shown when there is no page to show. */
export function ErrorPage({ title = "Not found", message }: ErrorPageProps) {
  return (
    <Layout title={title}>
      <h1>{title}</h1>
      <p>{message}</p>
      <p>
        <a href="/">All deliveries</a>, <a href="/slack">Slack</a>, <a href="/dashboards">Dashboards</a>,{" "}
        <a href="/query">Query</a>, <a href="/schedules">Schedules</a>, <a href="/connect">Connect</a>
      </p>
    </Layout>
  );
}
