import { ScrollRegion } from "./scroll-region.tsx";

interface DataTableProps {
  /** For screen readers. */
  label: string;
  columns: string[];
  /** Types by column, below the names. */
  types?: Record<string, string>;
  /** Descriptions by column, shown where one points at the name. */
  descriptions?: Record<string, string>;
  rows: Record<string, unknown>[];
  /** Addresses of cells, by column, for each row. */
  links?: Record<string, string>[];
}

/** Characters of a cell. A payload has up to 25 MB. */
const MAX_CELL = 300;

/** Rows of a query. */
export function DataTable({ label, columns, types, descriptions, rows, links }: DataTableProps) {
  return (
    <ScrollRegion label={label}>
      <table className="data">
        <thead>
          <tr>
            {columns.map((name) => (
              <th
                key={name}
                scope="col"
                title={descriptions?.[name]}
                className={typeof rows[0]?.[name] === "number" ? "number" : undefined}
              >
                {name}
                {types && <span className="type">{types[name]}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no id and are rendered once
            <tr key={index}>
              {columns.map((name) => (
                <Cell key={name} value={row[name]} href={links?.[index]?.[name]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Cell({ value, href }: { value: unknown; href?: string | undefined }) {
  if (value === null || value === undefined) return <td className="null">null</td>;
  if (href !== undefined)
    return (
      <td className="number">
        <a href={href}>{String(value)}</a>
      </td>
    );
  if (typeof value === "number") return <td className="number">{value}</td>;
  const whole = typeof value === "string" ? value : JSON.stringify(value);
  const text = whole.length > MAX_CELL ? `${whole.slice(0, MAX_CELL)}…` : whole;
  return <td title={text.length > 60 ? text : undefined}>{text}</td>;
}
