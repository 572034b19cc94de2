// Extracts the schema of the resources in ../**/*.tf from the declarations of Terraform's google provider that CDK for Terraform
// publishes on npm, and writes it to provider-schema.json. Run it when a new type of resource is used, or the version changes:
//
//   npx --yes -p @cdktf/provider-google@16.12.1 -- node infra/terraform/check/extract-schema.mjs
//
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const terraform = fileURLToPath(new URL("../", import.meta.url));
const { version, assembly } = readDeclarations();

const used = { resource: new Set(), data: new Set() };
for (const file of readdirSync(terraform, { recursive: true })) {
  if (!/^[^.].*\.tf$/.test(file)) continue;
  for (const [, kind, type] of readFileSync(join(terraform, file), "utf8").matchAll(
    /^(resource|data) "(google_[a-z0-9_]+)"/gm,
  ))
    used[kind].add(type);
}

const schema = {
  provider: "registry.terraform.io/hashicorp/google",
  version,
  config: block("provider.GoogleProviderConfig", undefined),
  resources: schemas(used.resource, ""),
  dataSources: schemas(used.data, "DataGoogle"),
};
const out = new URL("provider-schema.json", import.meta.url);
writeFileSync(out, `${JSON.stringify(schema)}\n`);
console.log(
  `Schema of google ${version}: ${used.resource.size} types of resources, ${used.data.size} of data sources`,
);

/** npx installs the package beside the folder of programs that it adds to the PATH. */
function readDeclarations() {
  const roots = [
    process.cwd(),
    ...(process.env.PATH ?? "").split(delimiter).map((bin) => dirname(dirname(bin))),
  ];
  for (const root of roots) {
    const folder = join(root, "node_modules/@cdktf/provider-google");
    try {
      const { cdktf } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      return {
        version: cdktf.provider.version,
        assembly: JSON.parse(readFileSync(join(folder, ".jsii"), "utf8")),
      };
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  throw new Error(
    "@cdktf/provider-google is not installed: run this through npx, see the comment at its top",
  );
}

function schemas(types, prefix) {
  return Object.fromEntries([...types].sort().map((type) => [type, schemaOf(type, prefix)]));
}

function schemaOf(type, prefix) {
  const pascal = type
    .replace(/^google_/, "")
    .replace(/(?:^|_)([a-z0-9])/g, (_, letter) => letter.toUpperCase());
  const module = prefix
    ? `dataGoogle${pascal}.DataGoogle${pascal}`
    : `${pascal[0].toLowerCase()}${pascal.slice(1)}.${pascal}`;
  return block(`${module}Config`, module);
}

/**
 * Attributes and nested blocks of a type: arguments are in its interface, computed attributes in its class.
 *
 * @param {string} config the interface, in the declarations' own naming
 * @param {string | undefined} output the class
 */
function block(config, output) {
  const properties = typeOf(config).properties ?? [];
  const given = properties
    .filter(({ type }) => !structOf(type))
    .map((property) => [terraformName(property), argument(property)]);
  const nested = properties
    .filter(({ type }) => structOf(type))
    .map((property) => [terraformName(property), nestedBlock(property)]);
  const names = new Set([...given, ...nested].map(([name]) => name));
  const computed = (output ? readOnly(output) : [])
    .map(({ name, type }) => [snake(name), { type: typeExpression(type), computed: true }])
    .filter(([name]) => !names.has(name));
  return {
    attributes: Object.fromEntries([...given, ...computed]),
    ...(nested.length > 0 && { blocks: Object.fromEntries(nested) }),
  };
}

function argument({ type, optional }) {
  return { type: typeExpression(type), ...(optional ? { optional: true } : { required: true }) };
}

function nestedBlock({ name, type, optional }) {
  const { fqn, many } = structOf(type);
  const single = name === "timeouts";
  const reading = `${fqn}OutputReference`;
  return {
    nesting: single ? "single" : "list",
    ...(!optional && { min: 1 }),
    ...(!many && !single && { max: 1 }),
    ...block(fqn, !single && assembly.types[full(reading)] ? reading : undefined),
  };
}

/** Properties of a class that can be read and not set. */
function readOnly(name) {
  const properties = assembly.types[full(name)]?.properties ?? [];
  return properties.filter(
    (each) => each.immutable && !each.static && !/Input$|^internalValue$|^fqn$/.test(each.name),
  );
}

function full(name) {
  return `@cdktf/provider-google.${name}`;
}

function typeOf(name) {
  const found = assembly.types[full(name)];
  if (!found) throw new Error(`google ${version} has no ${name}`);
  return found;
}

/** Terraform's name of an argument, from the link to its documentation. */
function terraformName({ name, docs }) {
  return /#([a-z0-9_]+) /.exec(`${docs?.remarks ?? ""} ${docs?.summary ?? ""}`)?.[1] ?? snake(name);
}

function snake(name) {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

/** The interface that a property's type names, and whether it is a list of them. */
function structOf(type) {
  for (const each of type.union?.types ?? [type]) {
    const fqn = each.fqn ?? each.collection?.elementtype?.fqn;
    if (fqn?.startsWith(full("")) && typeOf(fqn.slice(full("").length)).kind === "interface")
      return { fqn: fqn.slice(full("").length), many: Boolean(each.collection) };
  }
  return undefined;
}

/** Terraform's notation of a type, https://developer.hashicorp.com/terraform/language/expressions/type-constraints */
function typeExpression(type) {
  if (type.union) return typeExpression(type.union.types.find(({ fqn }) => fqn !== "cdktf.IResolvable"));
  if (type.primitive)
    return { boolean: "bool", any: "dynamic", json: "dynamic" }[type.primitive] ?? type.primitive;
  if (type.collection) {
    const element = typeExpression(type.collection.elementtype);
    return [type.collection.kind === "map" ? "map" : "list", element];
  }
  const builtIn = {
    "cdktf.StringMap": ["map", "string"],
    "cdktf.NumberMap": ["map", "number"],
    "cdktf.BooleanMap": ["map", "bool"],
    "cdktf.IResolvable": "bool",
  };
  if (builtIn[type.fqn]) return builtIn[type.fqn];
  const name = type.fqn.slice(full("").length);
  const fields = readOnly(name.replace(/(List|Map)$/, "OutputReference"));
  return [
    "list",
    ["object", Object.fromEntries(fields.map((field) => [snake(field.name), typeExpression(field.type)]))],
  ];
}
