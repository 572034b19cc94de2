import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

/** An item of an envelope: an error event or a transaction. */
export interface Item {
  type: string;
  payload: Record<string, unknown> & {
    contexts: { trace: { trace_id: string; span_id: string; parent_span_id?: string; op?: string } };
    transaction?: string;
    tags?: Record<string, string>;
    release?: string;
    environment?: string;
    exception?: { values: { type: string; value: string }[] };
    spans?: { op?: string; description?: string; span_id: string }[];
  };
}

/** Records what Sentry would be sent, https://develop.sentry.dev/sdk/data-model/envelopes/ */
export async function startIngest() {
  const items: Item[] = [];
  /** Everything that was received, as text. */
  let received = "";
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const text = (request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString();
    received += `${request.url}\n${text}\n`;
    const [, ...lines] = text.trim().split("\n");
    for (let line = 0; line + 1 < lines.length; line += 2) {
      const { type } = JSON.parse(lines[line] ?? "{}") as { type: string };
      items.push({ type, payload: JSON.parse(lines[line + 1] ?? "{}") });
    }
    response.end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    dsn: `http://public@127.0.0.1:${(server.address() as AddressInfo).port}/1`,
    items,
    received: () => received,
    /** Transactions of a function. */
    transactions: (name: string) =>
      items.filter(({ type, payload }) => type === "transaction" && payload.transaction === name),
    errors: () => items.filter(({ type }) => type === "event"),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
