import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type JsonSchema, listBreakingChanges } from "./compare-schemas.ts";
import { compareWithRelease } from "./released-schemas.ts";

const changes = await compareWithRelease();

describe("the events of", () => {
  it.each(Object.keys(changes))(
    "%s have changed only additively since the last release, or have another dataschema",
    (source) => {
      expect(changes[source]).toEqual([]);
    },
  );
});

const toSchema = (shape: z.ZodRawShape, version = 1) =>
  ({ ...z.toJSONSchema(z.object(shape), { io: "input" }), $id: `urn:events:${version}` }) as JsonSchema;

describe("listBreakingChanges", () => {
  it.each<[string, z.ZodRawShape, z.ZodRawShape]>([
    ["a new field", { a: z.string() }, { a: z.string(), b: z.string() }],
    ["a field that is always there now", { a: z.string().optional() }, { a: z.string() }],
    ["a field that is never null now", { a: z.string().nullable() }, { a: z.string() }],
    ["fewer values", { a: z.enum(["x", "y"]) }, { a: z.enum(["x"]) }],
    ["a value instead of any text", { a: z.string() }, { a: z.literal("x") }],
    ["a narrower number", { a: z.number() }, { a: z.int().min(0) }],
    ["a stricter limit", { a: z.string().max(10) }, { a: z.string().min(1).max(5) }],
    ["a field of what was anything", { a: z.unknown() }, { a: z.object({ b: z.string() }) }],
    [
      "a new field of a section that may be null",
      { a: z.object({}).nullable() },
      { a: z.object({ b: z.string() }).nullable() },
    ],
    ["another description", { a: z.string() }, { a: z.string().describe("better") }],
  ])("accepts %s", (_, before, now) => {
    expect(listBreakingChanges(toSchema(before), toSchema(now))).toEqual([]);
  });

  it.each<[z.ZodRawShape, z.ZodRawShape, RegExp]>([
    [{ a: z.string() }, {}, /^a is missing$/],
    [{ a: z.string() }, { a: z.string().optional() }, /^a may be missing$/],
    [{ a: z.string() }, { a: z.string().nullable() }, /^a may be null/],
    [{ a: z.string() }, { a: z.number() }, /^a may be number/],
    [{ a: z.int() }, { a: z.number() }, /^a may be number/],
    [{ a: z.enum(["x"]) }, { a: z.enum(["x", "y"]) }, /^a has the new value y$/],
    [{ a: z.enum(["x"]) }, { a: z.string() }, /^a may have any value/],
    [{ a: z.literal("x") }, { a: z.literal("y") }, /^a has the new value y$/],
    [{ a: z.string().max(5) }, { a: z.string().max(6) }, /^a has another maxLength: 6, and had 5$/],
    [{ a: z.string().min(1) }, { a: z.string() }, /^a has another minLength: none/],
    [{ a: z.iso.datetime() }, { a: z.string() }, /^a has another/],
    [{ a: z.array(z.string()) }, { a: z.array(z.number()) }, /^a\[\] may be number/],
    [
      { a: z.record(z.string(), z.string()) },
      { a: z.record(z.string(), z.unknown()) },
      /^a\.\* may be anything/,
    ],
    [{ a: z.object({ b: z.string() }).nullable() }, { a: z.object({}).nullable() }, /^a\.b is missing$/],
  ])("finds what breaks a consumer of %j", (before, now, reason) => {
    expect(listBreakingChanges(toSchema(before), toSchema(now))).toEqual(
      expect.arrayContaining([expect.stringMatching(reason)]),
    );
    expect(listBreakingChanges(toSchema(before), toSchema(now, 2))).toEqual([]);
  });
});
