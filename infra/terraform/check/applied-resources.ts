import { z } from "zod";

const resource = z.object({
  address: z.string(),
  mode: z.string(),
  type: z.string(),
  values: z.record(z.string(), z.unknown()),
});

const module = z.object({
  resources: z.array(resource).optional(),
  get child_modules() {
    return z.array(module).optional();
  },
});

/** A line of `terraform test -verbose -json`, https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
const state = z.object({
  type: z.literal("test_state"),
  "@testrun": z.string(),
  test_state: z.object({ root_module: module }),
});

export type Resource = z.infer<typeof resource>;

/** Resources that a run of `terraform test` created in memory. @throws {Error} if there was no such run */
export function appliedResources(output: string, run: string): Resource[] {
  const states = output.split("\n").flatMap((line) => {
    if (!line.includes('"test_state"')) return [];
    return [state.parse(JSON.parse(line))];
  });
  const found = states.find((each) => each["@testrun"] === run);
  if (!found) throw new Error(`terraform test did not apply ${run}:\n${output.slice(0, 5000)}`);
  return resourcesIn(found.test_state.root_module).filter(({ mode }) => mode === "managed");
}

function resourcesIn({ resources = [], child_modules = [] }: z.infer<typeof module>): Resource[] {
  return [...resources, ...child_modules.flatMap(resourcesIn)];
}
