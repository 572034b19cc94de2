import { Layout } from "../../shared/console/layout.tsx";

interface MessagePageProps {
  title: string;
  /** One sentence. */
  message: string;
}

/** Shown when there is no page to show. */
export function MessagePage({ title, message }: MessagePageProps) {
  return (
    <Layout title={title}>
      <h1>{title}</h1>
      <p>{message}</p>
      <p>
        <a href="/">Deliveries</a>
      </p>
    </Layout>
  );
}
