import { DataTable } from "../../../shared/console/data-table.tsx";
import { Layout } from "../../../shared/console/layout.tsx";
import { describeColumns, type QueryableTable } from "./describe-columns.ts";
import { formatBytes } from "./format-bytes.ts";
import type { QueryResult } from "./run-query.ts";
import { toChart } from "./to-chart.ts";

/** Rows on the page. The CSV has all of them. */
const MAX_ROWS = 1000;

export interface QueryPageProps {
  sql: string;
  schema: QueryableTable[];
  /** The editor's styles carry it. */
  styleNonce: string;
  result?: QueryResult;
  /** Bytes that BigQuery would have read. */
  bytes?: number;
  /** BigQuery's error message. */
  error?: string;
  /** Why the statement has to be confirmed. */
  change?: string;
}

/** A box for GoogleSQL beside the tables and views. */
export function QueryPage({ sql, schema, styleNonce, result, bytes, error, change }: QueryPageProps) {
  return (
    <Layout
      title="Query"
      section="Query"
      scripts={["/_console/echarts.min.js"]}
      modules={["/_console/query-editor.js"]}
    >
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
              data-editor={styleNonce}
              data-ran={result !== undefined || error !== undefined || undefined}
            />
            <p className="note" data-check role="status" />
            <p className="actions">
              <button type="submit" className="primary">
                Run
              </button>
              <button type="submit" formAction="/query.csv">
                Download CSV
              </button>
              <button type="button" data-copy-link>
                Copy link
              </button>
              <button type="button" data-save-query>
                Save
              </button>
              <span className="note">
                <kbd>Ctrl</kbd> <kbd>Enter</kbd> runs, <kbd>Ctrl</kbd> <kbd>Space</kbd> completes
              </span>
            </p>
          </form>
          <details className="queries" data-queries hidden>
            <summary>Saved and recent queries</summary>
            <ul />
          </details>
          <script
            type="application/json"
            id="query-schema"
            // biome-ignore lint/security/noDangerouslySetInnerHtml: data for the editor, with every < escaped
            dangerouslySetInnerHTML={{
              __html: JSON.stringify(listColumns(schema)).replaceAll("<", "\\u003c"),
            }}
          />
          {error !== undefined && (
            <p id="query-error" className="error refused" role="alert">
              {error}
            </p>
          )}
          {change !== undefined && <Confirmation sql={sql} change={change} />}
          {result && (
            <Result
              result={result}
              bytes={bytes}
              descriptions={describeColumns(sql, result.columns, schema)}
            />
          )}
        </div>
        <Schema schema={schema} />
      </div>
    </Layout>
  );
}

/** What the editor completes. It finds the definitions of columns in the page. */
function listColumns(schema: QueryableTable[]) {
  return schema.map(({ name, columns }) => ({
    name,
    columns: columns.map((column) => [column.name, column.type]),
  }));
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

interface ResultProps {
  result: QueryResult;
  bytes: number | undefined;
  /** By column. */
  descriptions: Record<string, string>;
}

function Result({ result, bytes, descriptions }: ResultProps) {
  const { columns, types, rows, affectedRows, statementType, took } = result;
  const isRead = statementType === "SELECT";
  const changed =
    affectedRows === undefined
      ? `${statementType} is done`
      : `${statementType} changed ${countRows(affectedRows)}`;
  const chart = toChart(result);
  return (
    <section aria-label="Result">
      <p className="count" role="status">
        {isRead ? countRows(rows.length) : changed} in {took} ms
        {bytes !== undefined && `; BigQuery would read about ${formatBytes(bytes)}`}
        {rows.length > MAX_ROWS && `; the first ${MAX_ROWS.toLocaleString("en")} rows are shown`}
      </p>
      {chart && (
        <details className="result-chart">
          <summary>Chart</summary>
          <div
            className="chart"
            role="img"
            aria-label={`${chart.kind} chart; the table below has its values`}
            data-chart={JSON.stringify(chart)}
          />
        </details>
      )}
      {rows.length > 0 && (
        <DataTable
          label="Rows"
          columns={columns}
          types={types}
          descriptions={descriptions}
          rows={rows.slice(0, MAX_ROWS)}
        />
      )}
    </section>
  );
}

/** The searched text, in lower case. */
function listNames(name: string, columns: QueryableTable["columns"]): string {
  return [name, ...columns.map((column) => column.name)].join(" ").toLowerCase();
}

function Schema({ schema }: { schema: QueryableTable[] }) {
  return (
    <aside className="schema" id="schema" aria-label="Tables and views">
      <input
        type="search"
        className="scripted-only"
        placeholder="Table, view or column"
        aria-label="Find a table, view or column"
        data-narrow="schema"
        data-search
      />
      <p className="note" data-none hidden>
        No table, view or column has this name.
      </p>
      {(["view", "table"] as const).map((kind) => (
        <section key={kind} data-group>
          <h2>{kind === "view" ? "Views" : "Tables"}</h2>
          {schema
            .filter((each) => each.kind === kind)
            .map(({ name, columns, description }) => (
              <details key={name} data-table={name} data-name={listNames(name, columns)}>
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
                {description && <p className="note">{description}</p>}
                <dl>
                  {columns.map((column) => (
                    <div key={column.name} title={column.description}>
                      <dt>
                        <button type="button" className="column" data-insert={column.name}>
                          {column.name}
                        </button>
                      </dt>
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
