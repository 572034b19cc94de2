import { type Config, readConfig } from "../../shared/config.ts";
import type { Service } from "../../shared/organization/organization.ts";

/** The repository's own configuration, which the tests use unless they name another file. */
export const config: Config = readConfig({});

/** Its first service. */
export const service: Service = firstService();

function firstService(): Service {
  const [first] = config.services;
  if (!first) throw new Error("ci-tooling.yaml has no service");
  return first;
}
