import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseOrganizationFile } from "../../shared/organization/parse-organization-file.ts";
import { configurationSchemaFile } from "./configuration-schema.ts";

const root = new URL("../../", import.meta.url);
const examples = readdirSync(new URL("docs/examples/", root)).map((name) => `docs/examples/${name}`);
const [schema = ""] = Object.values(configurationSchemaFile());
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(schema));

describe.each(["ci-tooling.yaml", ...examples])("%s", (file) => {
  const text = readFileSync(new URL(file, root), "utf8");

  it("is valid for the suite and for editors", () => {
    expect(() => parseOrganizationFile(text, file)).not.toThrow();
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  });

  it("names the schema for editors", () => {
    const [, path = ""] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
    expect(new URL(path, new URL(file, root)).href).toBe(
      new URL("docs/configuration.schema.json", root).href,
    );
  });
});

it("the schema for editors refuses an unknown key", () => {
  expect(validate({ organization: "acme", emailDomain: "acme.example", services: [], token: "x" })).toBe(
    false,
  );
});
