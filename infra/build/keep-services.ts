/** A namespace, message, enum or service in protobufjs's JSON, https://github.com/protobufjs/protobuf.js#using-json-descriptors */
interface Descriptor {
  nested?: Record<string, Descriptor>;
  fields?: Record<string, { type: string }>;
  methods?: Record<string, { requestType: string; responseType: string }>;
  [property: string]: unknown;
}

/**
 * Leaves only some methods of services, and the messages that they send and receive, in the description of an API.
 * The options of Google's own code generators are left out as well: nothing reads them at run time.
 *
 * @param kept methods by the full name of their service: `{"google.pubsub.v1.Publisher": ["Publish"]}`
 * @throws {Error} naming a service, method or type that the description does not have
 */
export function keepServices(root: Descriptor, kept: Record<string, string[]>): Descriptor {
  const names = new Set<string>();
  for (const [service, methods] of Object.entries(kept)) {
    names.add(service);
    for (const method of methods) {
      const found = find(root, service)?.methods?.[method];
      if (!found) throw new Error(`The description has no method ${service}.${method}`);
      for (const type of [found.requestType, found.responseType]) addType(root, service, type, names);
    }
  }
  return prune(root, "", names, kept);
}

/** Adds a message or enum, and the types of its fields. */
function addType(root: Descriptor, scope: string, type: string, names: Set<string>) {
  const name = resolve(root, scope, type);
  if (names.has(name)) return;
  names.add(name);
  addFields(root, name, names);
}

/** A message may have messages inside, which stay with it. */
function addFields(root: Descriptor, name: string, names: Set<string>) {
  const message = find(root, name);
  for (const { type } of Object.values(message?.fields ?? {}))
    if (!isScalar(type)) addType(root, name, type, names);
  for (const inner of Object.keys(message?.nested ?? {})) addFields(root, `${name}.${inner}`, names);
}

/** Scalar types are lower-case words: https://protobuf.dev/programming-guides/proto3/#scalar */
function isScalar(type: string): boolean {
  return /^[a-z]+\d*$/.test(type);
}

/** Resolves a name as protobuf does: in the innermost scope first. */
function resolve(root: Descriptor, scope: string, type: string): string {
  const scopes = scope.split(".");
  for (let depth = scopes.length; depth >= 0; depth--) {
    const name = [...scopes.slice(0, depth), type.replace(/^\./, "")].join(".");
    if (find(root, name)) return name;
  }
  throw new Error(`The description has no type ${type} in ${scope}`);
}

function find(root: Descriptor, name: string): Descriptor | undefined {
  return name.split(".").reduce<Descriptor | undefined>((parent, key) => parent?.nested?.[key], root);
}

/** Copies what is kept, and the namespaces around it. */
function prune(
  descriptor: Descriptor,
  name: string,
  names: Set<string>,
  kept: Record<string, string[]>,
): Descriptor {
  if (names.has(name)) return withoutOptions(onlyMethods(descriptor, kept[name]));
  const nested = Object.entries(descriptor.nested ?? {}).flatMap(([key, child]) => {
    const full = name === "" ? key : `${name}.${key}`;
    const isKept = [...names].some((candidate) => candidate === full || candidate.startsWith(`${full}.`));
    return isKept ? [[key, prune(child, full, names, kept)] as const] : [];
  });
  return { ...descriptor, nested: Object.fromEntries(nested) };
}

function onlyMethods(descriptor: Descriptor, methods: string[] | undefined): Descriptor {
  if (!methods) return descriptor;
  const entries = Object.entries(descriptor.methods ?? {}).filter(([name]) => methods.includes(name));
  return { ...descriptor, methods: Object.fromEntries(entries) };
}

/** Removes options such as `(google.api.http)`, also of fields; `packed` and `edition` decide on the bytes. */
function withoutOptions<T>(value: T): T {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).flatMap(([key, item]) =>
    key === "parsedOptions" || key.startsWith("(google.api.") ? [] : [[key, withoutOptions(item)]],
  );
  return Object.fromEntries(entries) as T;
}
