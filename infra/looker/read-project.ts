import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import lookml from "lookml-parser";
import { parse as parseYaml } from "yaml";
import { z } from "zod";

/** Objects by name, without the keys that lookml-parser adds: they begin with $. */
const named = <T extends z.ZodType>(value: T) =>
  z
    .record(z.string(), z.unknown())
    .transform((object) => Object.fromEntries(Object.entries(object).filter(([key]) => !key.startsWith("$"))))
    .pipe(z.record(z.string(), value))
    .default({});
const code = z.string().transform((text) => text.trim());

const yesno = z.union([z.boolean(), z.string()]).transform((value) => value === true || value === "yes");
const dimension = z.object({
  type: z.string(),
  sql: code,
  description: z.string().optional(),
  hidden: yesno.optional(),
  primary_key: yesno.optional(),
});
const dimensionGroup = dimension.extend({
  timeframes: z.array(z.string()),
  datatype: z.string().optional(),
  convert_tz: z.unknown().optional(),
});
const measure = z.object({
  type: z.string(),
  sql: code.optional(),
  percentile: z.coerce.number().optional(),
  filters: named(z.string()),
  description: z.string().optional(),
  value_format_name: z.string().optional(),
  hidden: yesno.optional(),
  drill_fields: z.array(z.string()).optional(),
});
const view = z.object({
  sql_table_name: code,
  dimension: named(dimension),
  dimension_group: named(dimensionGroup),
  /** `detail` has the fields that a click on a number shows. */
  set: named(z.object({ fields: z.array(z.string()) })),
});
/** What `view: +name` adds to a view, https://cloud.google.com/looker/docs/lookml-refinements */
const refinement = z.object({
  // Links and formats, which nothing here reads.
  dimension: named(z.object({})),
  dimension_group: named(z.object({ timeframes: z.array(z.string()) })),
  measure: named(measure),
});
const explore = z.object({
  group_label: z.string(),
  always_filter: z.object({ filters: named(z.string()) }).optional(),
  /** A condition with Liquid: {% date_start view.field %} and {% date_end view.field %}. */
  sql_always_where: code.optional(),
});
const manifest = z.object({ constant: named(z.object({ value: z.string() })) });
const model = z.object({ connection: z.string(), explore: named(explore) });

const dashboard = z.object({
  dashboard: z.string(),
  title: z.string(),
  description: z.string(),
  layout: z.literal("newspaper"),
  preferred_viewer: z.string(),
  filters: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      type: z.enum(["date_filter", "field_filter"]),
      default_value: z.string(),
      allow_multiple_values: z.boolean(),
      required: z.boolean(),
      model: z.string().optional(),
      explore: z.string().optional(),
      field: z.string().optional(),
    }),
  ),
  elements: z.array(
    z.strictObject({
      name: z.string(),
      title: z.string(),
      type: z.enum([
        "single_value",
        "looker_line",
        "looker_column",
        "looker_bar",
        "looker_area",
        "looker_grid",
      ]),
      model: z.string(),
      explore: z.string(),
      fields: z.array(z.string()).min(1),
      pivots: z.array(z.string()).default([]),
      filters: z.record(z.string(), z.string()).default({}),
      sorts: z.array(z.string()).default([]),
      limit: z.int(),
      stacking: z.string().optional(),
      show_comparison: z.boolean().optional(),
      comparison_type: z.literal("value").optional(),
      show_comparison_label: z.boolean().optional(),
      comparison_label: z.string().optional(),
      note_state: z.string().optional(),
      note_display: z.string().optional(),
      note_text: z.string().optional(),
      listen: z.record(z.string(), z.string()),
      row: z.int(),
      col: z.int(),
      width: z.int(),
      height: z.int(),
    }),
  ),
});

const viewFile = z.object({ view: named(view) });
const measureFile = z.object({ view: named(z.array(refinement)) });
const dashboardFile = z.array(dashboard);

export type LookerView = z.infer<typeof view> & Pick<z.infer<typeof refinement>, "measure">;
export type LookerMeasure = z.infer<typeof measure>;
/** A LookML dashboard: https://cloud.google.com/looker/docs/building-lookml-dashboards */
export type LookerDashboard = z.infer<typeof dashboard>;

export interface LookerProject {
  /** Values of the manifest's constants; the other files have them in the place of `@{NAME}`. */
  constants: Record<string, string>;
  model: z.infer<typeof model>;
  /** By name: an explore has the name of its view. Refinements are merged into the views. */
  views: Map<string, LookerView>;
  dashboards: LookerDashboard[];
}

/**
 * Reads the LookML project in a folder.
 * @throws {Error} naming the file that is not LookML, that uses a parameter which this reader does not know, or that refines no view
 */
export async function readLookerProject(dir: string): Promise<LookerProject> {
  const constants = await readConstants(join(dir, "manifest.lkml"));
  const [viewFiles, measureFiles, dashboardFiles] = await Promise.all([
    filesIn(join(dir, "views"), ".view.lkml", constants),
    filesIn(join(dir, "measures"), ".lkml", constants),
    filesIn(join(dir, "dashboards"), ".dashboard.lookml", constants),
  ]);
  const modelFile = join(dir, "ci_tooling.model.lkml");
  const views = new Map<string, LookerView>();
  for (const { file, text } of viewFiles) {
    const { view: found } = parsed(file, text, viewFile, lookml.parse);
    for (const [name, base] of Object.entries(found)) views.set(name, { ...base, measure: {} });
  }
  for (const { file, text } of measureFiles) {
    const { view: found } = parsed(file, text, measureFile, lookml.parse);
    for (const [name, refining] of Object.entries(found))
      for (const each of refining) refineView(file, views, name.replace(/^\+/, ""), each);
  }
  const dashboards = dashboardFiles.map(({ file, text }) => parsed(file, text, dashboardFile, parseYaml));
  const modelText = await readFile(modelFile, "utf8");
  return {
    constants,
    model: parsed(modelFile, modelText, model, lookml.parse),
    views,
    dashboards: dashboards.flat(),
  };
}

function refineView(
  file: string,
  views: Map<string, LookerView>,
  name: string,
  refining: z.infer<typeof refinement>,
): void {
  const base = views.get(name);
  if (!base) throw new Error(`${file}: there is no view ${name} to refine`);
  views.set(name, {
    ...base,
    dimension: refineFields(file, base.dimension, refining.dimension),
    dimension_group: refineFields(file, base.dimension_group, refining.dimension_group),
    measure: { ...base.measure, ...refining.measure },
  });
}

function refineFields<Field extends object>(
  file: string,
  fields: Record<string, Field>,
  refinements: Record<string, object>,
): Record<string, Field> {
  const refined = { ...fields };
  for (const [name, added] of Object.entries(refinements)) {
    const field = refined[name];
    if (!field) throw new Error(`${file}: there is no field ${name} to refine`);
    refined[name] = { ...field, ...added };
  }
  return refined;
}

/** Values of files by their paths: a console reads the project for each page, and parsing it takes 0.1 s. */
const parsedFiles = new Map<string, { text: string; schema: z.ZodType; value: unknown }>();

/** Parses a file, unless its text is that of the last time. The value is shared: do not change it. */
function parsed<T extends z.ZodType>(
  file: string,
  text: string,
  schema: T,
  parse: (text: string) => unknown,
): z.infer<T> {
  const last = parsedFiles.get(file);
  if (last?.text === text && last.schema === schema) return last.value as z.infer<T>;
  try {
    const value = schema.parse(parse(text));
    parsedFiles.set(file, { text, schema, value });
    return value;
  } catch (error) {
    throw new Error(`${file}: ${messageOf(error)}`, { cause: error });
  }
}

/** lookml-parser throws plain objects that describe the problem. */
function messageOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : JSON.stringify(error);
}

async function readConstants(file: string): Promise<Record<string, string>> {
  const text = await readFile(file, "utf8");
  const { constant } = parsed(file, text, manifest, lookml.parse);
  return Object.fromEntries(Object.entries(constant).map(([name, { value }]) => [name, value]));
}

/** @throws {Error} naming a constant that the manifest does not have */
function replaceConstants(file: string, text: string, constants: Record<string, string>): string {
  return text.replaceAll(/@\{(\w+)\}/g, (_, name: string) => {
    const value = constants[name];
    if (value === undefined) throw new Error(`${file}: manifest.lkml has no constant ${name}`);
    return value;
  });
}

async function filesIn(
  dir: string,
  extension: string,
  constants: Record<string, string>,
): Promise<{ file: string; text: string }[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith(extension)).sort();
  return Promise.all(
    names.map(async (name) => {
      const file = join(dir, name);
      return { file, text: replaceConstants(file, await readFile(file, "utf8"), constants) };
    }),
  );
}
