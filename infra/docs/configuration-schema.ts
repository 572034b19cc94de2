import { z } from "zod";
import { organizationFile } from "../../shared/organization/organization.ts";

/** JSON Schema of `ci-tooling.yaml`, with which an editor completes and checks the file, by path from the repository's root. */
export function configurationSchemaFile(): Record<string, string> {
  const schema = z.toJSONSchema(organizationFile, { io: "input" });
  const titled = { ...schema, title: "Your organization, ci-tooling.yaml" };
  return { "docs/configuration.schema.json": `${JSON.stringify(titled, null, 2)}\n` };
}
