import type { BigQueryConfig } from "./journal.ts";
import type { Consumer, Outstanding, Queue } from "./queue.ts";

/** Rows of one request. */
const MAX_ROWS = 100;
/** After a failure nothing is written for this long. */
const PAUSE_MS = 1000;

/**
 * Writes a subscription's messages to a table as the service does without a schema: https://cloud.google.com/pubsub/docs/bigquery
 * A message is acknowledged once BigQuery has its row.
 */
export class BigQueryDelivery implements Consumer {
  readonly #queue: Queue;
  readonly #config: BigQueryConfig;
  readonly #bigqueryUrl: () => string;
  readonly #stopped = new AbortController();
  #isBusy = false;

  /** @param bigqueryUrl of the REST API, `http://…/bigquery/v2`; read at every write */
  constructor(queue: Queue, config: BigQueryConfig, bigqueryUrl: () => string) {
    this.#queue = queue;
    this.#config = config;
    this.#bigqueryUrl = bigqueryUrl;
    queue.attach(this);
  }

  capacity(): number {
    return this.#isBusy ? 0 : MAX_ROWS;
  }

  deliver(messages: Outstanding[]) {
    this.#isBusy = true;
    // The attempt is read now: a later delivery of a message that expired counts it up.
    const delivered = messages.map(({ message, attempt }) => ({ id: message.id, attempt }));
    void this.#insert(messages).then((error) => {
      if (this.#stopped.signal.aborted) return;
      if (error === null) {
        this.#isBusy = false;
        for (const { id } of delivered) this.#queue.acknowledge(id);
      } else {
        for (const { id, attempt } of delivered) this.#queue.fail(id, error, attempt);
        setTimeout(() => this.#resume(), PAUSE_MS).unref();
      }
    });
  }

  /** Aborts the request in flight. Its messages stay unacknowledged. */
  stop() {
    this.#queue.detach(this);
    this.#stopped.abort();
  }

  #resume() {
    this.#isBusy = false;
    this.#queue.pump();
  }

  /** @returns null once all rows are stored, else the reason of the failure */
  async #insert(messages: Outstanding[]): Promise<string | null> {
    const [project, dataset, table] = this.#config.table.split(".");
    try {
      const response = await fetch(
        `${this.#bigqueryUrl()}/projects/${project}/datasets/${dataset}/tables/${table}/insertAll`,
        {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ rows: messages.map((each) => ({ json: this.#toRow(each) })) }),
          signal: this.#stopped.signal,
        },
      );
      const text = await response.text();
      return response.ok && !text.includes('"insertErrors"')
        ? null
        : `${response.status} ${text.slice(0, 200)}`;
    } catch (error) {
      const { message, cause } = error as Error;
      return cause instanceof Error ? `${message}: ${cause.message}` : message;
    }
  }

  /** https://cloud.google.com/pubsub/docs/bigquery#write_metadata */
  #toRow({ message }: Outstanding) {
    const { id, data, attributes, publishTime } = message;
    return {
      data: Buffer.from(data, "base64").toString("utf8"),
      ...(this.#config.writeMetadata && {
        subscription_name: this.#queue.resource.name,
        message_id: id,
        publish_time: new Date(publishTime).toISOString(),
        attributes: JSON.stringify(attributes),
      }),
    };
  }
}
