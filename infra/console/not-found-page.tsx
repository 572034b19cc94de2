import { Layout } from "./layout.tsx";

/** Shown for what does not exist, or no longer does. */
export function NotFoundPage({ what }: { what: string }) {
  return (
    <Layout title="Not found">
      <h1>There is nothing here</h1>
      <p>{what}</p>
      <p>
        <a href="/">All deliveries</a>
      </p>
    </Layout>
  );
}
