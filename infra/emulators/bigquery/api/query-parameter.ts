import { z } from "zod";
import { expression } from "../googlesql/syntax-tree.ts";
import { apiType, NUMERIC_TYPE, TIMESTAMP_TYPE } from "../storage/column-type.ts";
import { ApiError } from "./api-error.ts";
import { parseBody } from "./request.ts";

interface ParameterType {
  type: string;
  arrayType?: ParameterType | undefined;
  structTypes?: { name?: string | undefined; type: ParameterType }[] | undefined;
}

interface ParameterValue {
  value?: string | number | boolean | null | undefined;
  arrayValues?: ParameterValue[] | null | undefined;
  structValues?: Record<string, ParameterValue> | null | undefined;
}

const parameterType: z.ZodType<ParameterType> = z.lazy(() =>
  z.object({
    type: z.string(),
    arrayType: parameterType.optional(),
    structTypes: z.array(z.object({ name: z.string().optional(), type: parameterType })).optional(),
  }),
);

const parameterValue: z.ZodType<ParameterValue> = z.lazy(() =>
  z.object({
    value: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
    arrayValues: z.array(parameterValue).nullish(),
    structValues: z.record(z.string(), parameterValue).nullish(),
  }),
);

const queryParameters = z.array(
  z.object({ name: z.string().optional(), parameterType, parameterValue: parameterValue.optional() }),
);

/**
 * Query parameters as syntax trees by lower-case name; positional ones are named by their place.
 * A value is always a literal of the tree, never text of the statement.
 * @throws {ApiError} 400
 * @see https://cloud.google.com/bigquery/docs/reference/rest/v2/QueryParameter
 */
export function readParameters(parameters: unknown): Map<string, unknown> {
  return new Map(
    parseBody(queryParameters, parameters ?? []).map(
      ({ name, parameterType: type, parameterValue: value }, index) => [
        name ? name.toLowerCase() : String(index),
        parameterTree(type, value ?? {}),
      ],
    ),
  );
}

function parameterTree(type: ParameterType, value: ParameterValue): unknown {
  if (type.arrayType) {
    const itemType = type.arrayType;
    const items = (value.arrayValues ?? []).map((item) => parameterTree(itemType, item));
    const places = items.map((_, index) => `_${index}`).join(", ");
    return expression(`CAST([${places}] AS ${typeName(type)})`, ...items);
  }
  if (type.structTypes) {
    const fields = type.structTypes.map((field) =>
      parameterTree(field.type, value.structValues?.[field.name ?? ""] ?? {}),
    );
    const places = type.structTypes.map(({ name }, index) => `_${index} AS \`${fieldName(name, index)}\``);
    return expression(`STRUCT(${places.join(", ")})`, ...fields);
  }
  return scalarTree(type, value.value ?? null);
}

function scalarTree(type: ParameterType, value: string | number | boolean | null): unknown {
  const name = typeName(type);
  if (value === null) return expression(`CAST(NULL AS ${name})`);
  const literal = { literal: { literal_type: "string", value: String(value) } };
  switch (name) {
    case "STRING":
      return literal;
    case "JSON":
      return expression("gsql_parse_json(_0)", literal);
    case "BYTES":
      return expression("FROM_BASE64(_0)", literal);
    default:
      return expression(`CAST(_0 AS ${name})`, literal);
  }
}

const CAST_NAMES: Readonly<Record<string, string>> = {
  INTEGER: "INT64",
  FLOAT: "FLOAT64",
  BOOLEAN: "BOOL",
  TIMESTAMP: TIMESTAMP_TYPE,
  NUMERIC: NUMERIC_TYPE,
  BIGNUMERIC: NUMERIC_TYPE,
};

function typeName(type: ParameterType): string {
  if (type.arrayType) return `ARRAY<${typeName(type.arrayType)}>`;
  if (type.structTypes) {
    const fields = type.structTypes.map(
      (field, index) => `\`${fieldName(field.name, index)}\` ${typeName(field.type)}`,
    );
    return `STRUCT<${fields.join(", ")}>`;
  }
  const name = apiType(type.type);
  if (!name || name === "RECORD") throw new ApiError(400, "invalid", `Invalid parameter type: ${type.type}`);
  return CAST_NAMES[name] ?? name;
}

function fieldName(name: string | undefined, index: number): string {
  return (name ?? `_field_${index + 1}`).replaceAll("`", "");
}
