/** The keywords of JSON Schema (draft 2020-12) that zod writes for events. */
export interface JsonSchema {
  $id?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  format?: string;
}

/** Keywords whose value must stay: a consumer may rely on them, and whether one pattern contains another cannot be computed. */
const fixed = ["pattern", "format"] as const;
/** Limits that may only become stricter. */
const lowerLimits = ["minLength", "minimum", "minItems"] as const;
const upperLimits = ["maxLength", "maximum", "maxItems"] as const;

/**
 * Lists what a consumer of the released schema could not read in events of the current one: every event that is valid now has to be valid
 * by the released schema too, except for fields that it does not know. A schema with another `$id`, the `ce-dataschema` of its events,
 * is another contract.
 *
 * @returns a sentence for each breaking change, with the path of the field; [] if the changes are additive
 */
export function listBreakingChanges(released: JsonSchema, current: JsonSchema): string[] {
  return released.$id === current.$id ? compare(released, current, "") : [];
}

function compare(released: JsonSchema, current: JsonSchema, path: string): string[] {
  const alternatives = listAlternatives(released);
  return listAlternatives(current).flatMap((alternative) => {
    const results = alternatives.map((one) => compareAlternative(one, alternative, path));
    const best = results.toSorted((a, b) => a.length - b.length)[0];
    return best ?? [];
  });
}

/** The members of a union; a list of types is a union too. */
function listAlternatives(schema: JsonSchema): JsonSchema[] {
  if (schema.anyOf) return schema.anyOf.flatMap(listAlternatives);
  if (!Array.isArray(schema.type)) return [schema];
  return schema.type.map((type) => ({ ...schema, type }));
}

function compareAlternative(released: JsonSchema, current: JsonSchema, path: string): string[] {
  const name = path === "" ? "the event" : path;
  if (isAny(released)) return [];
  if (!isAssignableType(released.type, current.type))
    return [`${name} may be ${current.type ?? "anything"}, which it was not`];
  return [
    ...compareValues(released, current, name),
    ...compareLimits(released, current, name),
    ...compareFields(released, current, path),
    ...compareParts(released, current, path),
  ];
}

function isAny({ type, anyOf, const: only, enum: values }: JsonSchema): boolean {
  return type === undefined && anyOf === undefined && only === undefined && values === undefined;
}

function isAssignableType(released: JsonSchema["type"], current: JsonSchema["type"]): boolean {
  return released === undefined || released === current || (released === "number" && current === "integer");
}

function compareValues(released: JsonSchema, current: JsonSchema, name: string): string[] {
  const before = listValues(released);
  if (!before) return [];
  const added = listValues(current)?.filter((value) => !before.includes(value));
  if (!added) return [`${name} may have any value, and had ${before.join(", ")}`];
  return added.length > 0 ? [`${name} has the new value ${added.join(", ")}`] : [];
}

function listValues({ const: only, enum: values }: JsonSchema): unknown[] | undefined {
  return values ?? (only === undefined ? undefined : [only]);
}

function compareLimits(released: JsonSchema, current: JsonSchema, name: string): string[] {
  return [
    ...lowerLimits.filter(
      (key) => (current[key] ?? Number.NEGATIVE_INFINITY) < (released[key] ?? Number.NEGATIVE_INFINITY),
    ),
    ...upperLimits.filter(
      (key) => (current[key] ?? Number.POSITIVE_INFINITY) > (released[key] ?? Number.POSITIVE_INFINITY),
    ),
    ...fixed.filter((key) => released[key] !== undefined && released[key] !== current[key]),
  ].map((key) => `${name} has another ${key}: ${current[key] ?? "none"}, and had ${released[key]}`);
}

function compareFields(released: JsonSchema, current: JsonSchema, path: string): string[] {
  return Object.entries(released.properties ?? {}).flatMap(([key, before]) => {
    const field = path === "" ? key : `${path}.${key}`;
    const now = current.properties?.[key];
    if (!now) return [`${field} is missing`];
    const wasRequired = released.required?.includes(key) && !current.required?.includes(key);
    return [...(wasRequired ? [`${field} may be missing`] : []), ...compare(before, now, field)];
  });
}

/** Items of an array, and values of a record. */
function compareParts(released: JsonSchema, current: JsonSchema, path: string): string[] {
  const values = released.additionalProperties;
  const now = current.additionalProperties;
  return [
    ...(released.items ? compare(released.items, current.items ?? {}, `${path}[]`) : []),
    ...(typeof values === "object" ? compare(values, typeof now === "object" ? now : {}, `${path}.*`) : []),
  ];
}
