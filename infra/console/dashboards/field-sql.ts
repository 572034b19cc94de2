import type { LookerMeasure, LookerView } from "../../looker/read-project.ts";
import type { Conditions } from "./conditions.ts";

/** Name of the view's rows in a query. */
export const ROWS = "rows_of_view";

/** A field of a view in GoogleSQL, as Looker would write it. */
export interface FieldSql {
  sql: string;
  /** Whether it is computed over the rows of a group. */
  isMeasure: boolean;
  /** Looker's value_format_name. */
  format?: string;
  /** The unit of time of a dimension group's field. */
  timeframe?: string;
}

/**
 * Translates a field to GoogleSQL.
 *
 * @param name without the view's name, e.g. ended_week
 * @param conditions receives the values that a measure filters by
 * @throws {Error} when the view has no such field, or the console cannot translate it
 */
export function buildFieldSql(view: LookerView, name: string, conditions: Conditions): FieldSql {
  const dimension = view.dimension[name];
  if (dimension) return { sql: resolveReferences(view, dimension.sql, conditions), isMeasure: false };
  const measure = view.measure[name];
  if (measure) {
    const { value_format_name: format } = measure;
    return { sql: buildMeasureSql(view, measure, conditions), isMeasure: true, ...(format && { format }) };
  }
  const at = name.lastIndexOf("_");
  const [group, timeframe] = [view.dimension_group[name.slice(0, at)], name.slice(at + 1)];
  if (!group?.timeframes.includes(timeframe)) throw new Error(`${view.sql_table_name} has no field ${name}`);
  const sql = resolveReferences(view, group.sql, conditions);
  return { sql: buildTimeframeSql(sql, timeframe, group.datatype), isMeasure: false, timeframe };
}

/** The FROM clause of a view. */
export function buildFrom({ sql_table_name }: LookerView): string {
  return `\`${sql_table_name}\` AS ${ROWS}`;
}

/** Replaces references to fields and to the view's rows in SQL of LookML. */
export function resolveReferences(view: LookerView, sql: string, conditions: Conditions): string {
  return sql.replaceAll(/\$\{(\w+)\}/g, (_, name: string) =>
    name === "TABLE" ? ROWS : `(${buildFieldSql(view, name, conditions).sql})`,
  );
}

/** https://cloud.google.com/looker/docs/reference/param-field-dimension-group#timeframes; a week begins on Monday, see the model. */
function buildTimeframeSql(sql: string, timeframe: string, datatype = "timestamp"): string {
  const date = datatype === "date" ? sql : `DATE(${sql})`;
  const truncate = datatype === "datetime" ? "DATETIME_TRUNC" : "TIMESTAMP_TRUNC";
  switch (timeframe) {
    case "raw":
      return sql;
    case "date":
      return date;
    case "week":
      return `DATE_TRUNC(${date}, WEEK(MONDAY))`;
    case "month":
    case "quarter":
      return `DATE_TRUNC(${date}, ${timeframe.toUpperCase()})`;
    case "time":
      return `${truncate}(${sql}, SECOND)`;
    case "minute":
    case "hour":
      return `${truncate}(${sql}, ${timeframe.toUpperCase()})`;
    default:
      throw new Error(`The console cannot draw the timeframe ${timeframe}`);
  }
}

/** https://cloud.google.com/looker/docs/reference/param-measure-types */
function buildMeasureSql(view: LookerView, measure: LookerMeasure, conditions: Conditions): string {
  const { type, percentile = 50 } = measure;
  const sql = resolveReferences(view, measure.sql ?? "", conditions);
  const filter = Object.entries(measure.filters).map(([name, expression]) =>
    conditions.match(buildFieldSql(view, name, conditions).sql, expression, view.dimension[name]?.type),
  );
  const only = (value: string) => (filter.length > 0 ? `IF(${filter.join(" AND ")}, ${value}, NULL)` : value);
  switch (type) {
    case "count":
      return filter.length > 0 ? `COUNTIF(${filter.join(" AND ")})` : "COUNT(*)";
    case "count_distinct":
      return `COUNT(DISTINCT ${only(sql)})`;
    case "sum":
      return `COALESCE(SUM(${only(sql)}), 0)`;
    case "average":
      return `AVG(${only(sql)})`;
    case "max":
    case "min":
      return `${type.toUpperCase()}(${only(sql)})`;
    case "percentile":
      return `APPROX_QUANTILES(${only(sql)}, 100)[SAFE_OFFSET(${percentile})]`;
    case "number":
      return sql;
    default:
      throw new Error(`The console cannot draw measures of the type ${type}`);
  }
}
