import type { LookerMeasure, LookerView } from "./read-project.ts";

/** A field that explores and dashboards can name. */
export type LookerField =
  | { kind: "dimension"; type: string; sql: string }
  | { kind: "timeframe"; timeframe: string; sql: string }
  | { kind: "measure"; measure: LookerMeasure };

/** The fields of a view by name: a dimension group has one for each of its timeframes, `<group>_<timeframe>`. */
export function fieldsOf(view: LookerView): Map<string, LookerField> {
  const fields = new Map<string, LookerField>();
  for (const [name, { type, sql }] of Object.entries(view.dimension)) {
    fields.set(name, { kind: "dimension", type, sql });
  }
  for (const [name, { sql, timeframes }] of Object.entries(view.dimension_group)) {
    for (const timeframe of timeframes)
      fields.set(`${name}_${timeframe}`, { kind: "timeframe", timeframe, sql });
  }
  for (const [name, measure] of Object.entries(view.measure)) {
    if (fields.has(name)) throw new Error(`${view.sql_table_name}: two fields have the name ${name}`);
    fields.set(name, { kind: "measure", measure });
  }
  return fields;
}
