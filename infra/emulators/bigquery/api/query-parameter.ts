import { z } from "zod";
import { parseExpression } from "../googlesql/syntax-tree.ts";
import { NUMERIC_TYPE, TIMESTAMP_TYPE, toApiType } from "../storage/column-type.ts";
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
 * Parses query parameters into syntax trees by lower-case name. Positional parameters have the names `0`, `1`, …
 * A value is always a literal of the tree, never text of the statement.
 * @throws {ApiError} 400
 * @see https://cloud.google.com/bigquery/docs/reference/rest/v2/QueryParameter
 */
export function parseParameters(parameters: unknown): Map<string, unknown> {
  return new Map(
    parseBody(queryParameters, parameters ?? []).map(
      ({ name, parameterType: type, parameterValue: value }, index) => [
        name ? name.toLowerCase() : String(index),
        toParameterTree(type, value ?? {}),
      ],
    ),
  );
}

function toParameterTree(type: ParameterType, value: ParameterValue): unknown {
  if (type.arrayType) {
    const itemType = type.arrayType;
    const items = (value.arrayValues ?? []).map((item) => toParameterTree(itemType, item));
    const placeholders = items.map((_, index) => `_${index}`).join(", ");
    return parseExpression(`CAST([${placeholders}] AS ${toTypeName(type)})`, ...items);
  }
  if (type.structTypes) {
    const fields = type.structTypes.map((field) =>
      toParameterTree(field.type, value.structValues?.[field.name ?? ""] ?? {}),
    );
    const placeholders = type.structTypes.map(
      ({ name }, index) => `_${index} AS \`${toFieldName(name, index)}\``,
    );
    return parseExpression(`STRUCT(${placeholders.join(", ")})`, ...fields);
  }
  return toScalarTree(type, value.value ?? null);
}

function toScalarTree(type: ParameterType, value: string | number | boolean | null): unknown {
  const name = toTypeName(type);
  if (value === null) return parseExpression(`CAST(NULL AS ${name})`);
  const literal = { literal: { literal_type: "string", value: String(value) } };
  switch (name) {
    case "STRING":
      return literal;
    case "JSON":
      return parseExpression("gsql_parse_json(_0)", literal);
    case "BYTES":
      return parseExpression("FROM_BASE64(_0)", literal);
    default:
      return parseExpression(`CAST(_0 AS ${name})`, literal);
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

function toTypeName(type: ParameterType): string {
  if (type.arrayType) return `ARRAY<${toTypeName(type.arrayType)}>`;
  if (type.structTypes) {
    const fields = type.structTypes.map(
      (field, index) => `\`${toFieldName(field.name, index)}\` ${toTypeName(field.type)}`,
    );
    return `STRUCT<${fields.join(", ")}>`;
  }
  const name = toApiType(type.type);
  if (!name || name === "RECORD") throw new ApiError(400, "invalid", `Invalid parameter type: ${type.type}`);
  return CAST_NAMES[name] ?? name;
}

function toFieldName(name: string | undefined, index: number): string {
  return (name ?? `_field_${index + 1}`).replaceAll("`", "");
}
