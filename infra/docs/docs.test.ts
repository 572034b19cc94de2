import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { REPLAY_TOPIC } from "../../shared/pubsub/topics.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { generatedFiles } from "./generated-files.ts";

const root = new URL("../../", import.meta.url);
const files = await generatedFiles();
const functions = await readFunctions();

describe("the generated files", () => {
  it.each(Object.keys(files))("%s is up to date with npm run docs", (path) => {
    expect(readFileSync(new URL(path, root), "utf8")).toBe(files[path]);
  });
});

describe("function.json", () => {
  const validate = new Ajv2020().compile(JSON.parse(files["infra/manifests/function.schema.json"] ?? ""));

  it.each(functions)("of $name is valid against its JSON Schema", ({ url }) => {
    validate(JSON.parse(readFileSync(new URL("function.json", url), "utf8")));
    expect(validate.errors).toBeNull();
  });

  it("of every source publishes to the topic of its name, and only sources publish", () => {
    const publishing = functions.filter(({ manifest }) => manifest.publishes !== undefined);
    expect(publishing.map(({ name, manifest }) => [name, manifest.publishes])).toEqual(
      functions
        .filter(({ manifest }) => "http" in manifest.trigger)
        .map(({ name }) => [name, `${name}-events`]),
    );
  });

  it("of every function names existing tables", () => {
    const tables = readdirSync(new URL("infra/bigquery/tables/", root)).map((file) =>
      file.replace(".json", ""),
    );
    expect(tables).toEqual(
      expect.arrayContaining(functions.flatMap(({ manifest }) => manifest.tables ?? [])),
    );
  });

  it("of metrics subscribes to every source", () => {
    const metrics = functions.find(({ name }) => name === "metrics");
    expect(metrics?.subscriptions.map(({ topic }) => topic)).toEqual([
      ...functions.flatMap(({ manifest }) => manifest.publishes ?? []),
      REPLAY_TOPIC,
    ]);
  });
});
