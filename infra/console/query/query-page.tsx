import { DataTable } from "../data-table.tsx";
import { Layout } from "../layout.tsx";
import type { QueryableTable } from "./read-schema.ts";
import type { QueryResult } from "./run-query.ts";

/** Rows on the page. The CSV has all of them. */
const MAX_ROWS = 1000;

export interface QueryPageProps {
  sql: string;
  schema: QueryableTable[];
  result?: QueryResult;
  /** BigQuery's error message. */
  error?: string;
  /** Why the statement has to be confirmed. */
  change?: string;
}

/** A box for GoogleSQL beside the tables and views. */
export function QueryPage({ sql, schema, result, error, change }: QueryPageProps) {
  return (
    <Layout title="Query" section="Query">
      <div className="title">
        <h1>Query</h1>
      </div>
      <div className="query">
        <div className="main">
          <form method="post" action="/query">
            <label htmlFor="sql">GoogleSQL</label>
            <textarea
              id="sql"
              name="sql"
              rows={9}
              defaultValue={sql}
              spellCheck={false}
              required
              aria-invalid={error !== undefined || undefined}
              aria-describedby={error === undefined ? undefined : "query-error"}
              data-submit-keys
            />
            <p className="actions">
              <button type="submit" className="primary">
                Run
              </button>
              <button type="submit" formAction="/query.csv">
                Download CSV
              </button>
              <span className="note">
                <kbd>Ctrl</kbd> <kbd>Enter</kbd> runs
              </span>
            </p>
          </form>
          {error !== undefined && (
            <p id="query-error" className="error refused" role="alert">
              {error}
            </p>
          )}
          {change !== undefined && <Confirmation sql={sql} change={change} />}
          {result && <Result result={result} />}
        </div>
        <Schema schema={schema} />
      </div>
    </Layout>
  );
}

/** Shows the statement that the button runs: the text in the editor may have changed since. */
function Confirmation({ sql, change }: { sql: string; change: string }) {
  return (
    <form method="post" action="/query" className="refused" role="alert">
      <p>{change}</p>
      <pre>{sql}</pre>
      <input type="hidden" name="sql" value={sql} />
      <input type="hidden" name="confirmed" value="yes" />
      <p className="actions">
        <button type="submit" className="danger">
          Run it and change the warehouse
        </button>
      </p>
    </form>
  );
}

function countRows(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "row" : "rows"}`;
}

function Result({ result: { columns, rows, affectedRows, statementType, took } }: { result: QueryResult }) {
  const isRead = statementType === "SELECT";
  const changed =
    affectedRows === undefined
      ? `${statementType} is done`
      : `${statementType} changed ${countRows(affectedRows)}`;
  return (
    <section aria-label="Result">
      <p className="count" role="status">
        {isRead ? countRows(rows.length) : changed} in {took} ms
        {rows.length > MAX_ROWS && `, the first ${MAX_ROWS.toLocaleString("en")} shown`}
      </p>
      {rows.length > 0 && <DataTable label="Rows" columns={columns} rows={rows.slice(0, MAX_ROWS)} />}
    </section>
  );
}

function Schema({ schema }: { schema: QueryableTable[] }) {
  return (
    <aside className="schema" aria-label="Tables and views">
      {(["view", "table"] as const).map((kind) => (
        <section key={kind}>
          <h2>{kind === "view" ? "Views" : "Tables"}</h2>
          {schema
            .filter((each) => each.kind === kind)
            .map(({ name, columns }) => (
              <details key={name}>
                <summary>
                  <code>
                    {name.split(".")[0]}.<wbr />
                    {name.split(".")[1]}
                  </code>
                </summary>
                <a href={`/query?${new URLSearchParams({ sql: `SELECT *\nFROM ${name}\nLIMIT 100` })}`}>
                  Query this
                  <span className="unseen"> ({name})</span>
                </a>
                <dl>
                  {columns.map((column) => (
                    <div key={column.name}>
                      <dt>{column.name}</dt>
                      <dd>{column.type}</dd>
                    </div>
                  ))}
                </dl>
              </details>
            ))}
        </section>
      ))}
    </aside>
  );
}
