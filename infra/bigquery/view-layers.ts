import { lexGoogleSql } from "../emulators/bigquery/googlesql/lex.ts";
import type { ViewDefinition } from "./definitions.ts";

/**
 * Layers in which views are created: BigQuery accepts a view only if the views that it reads exist. Layer 0 reads tables only, layer 1
 * reads views of layer 0, and so on. Terraform reads the layers from `view-layers.json` and has a resource per layer, which depends on
 * the layer below.
 *
 * @returns the layer of each view by its name, `<dataset>.<view>`
 * @throws {Error} naming the views that read each other in a cycle
 */
export function viewLayers(views: Pick<ViewDefinition, "dataset" | "view" | "query">[]): Map<string, number> {
  const layers = new Map<string, number>();
  let waiting = views.map(({ dataset, view, query }) => {
    const name = `${dataset}.${view}`;
    return { name, reads: viewsRead(query, views).filter((read) => read !== name) };
  });
  for (let layer = 0; waiting.length > 0; layer++) {
    const ready = waiting.filter(({ reads }) => reads.every((read) => layers.has(read)));
    if (ready.length === 0) {
      throw new Error(`Views read each other in a cycle: ${waiting.map(({ name }) => name).join(", ")}`);
    }
    for (const { name } of ready) layers.set(name, layer);
    waiting = waiting.filter(({ name }) => !layers.has(name));
  }
  return layers;
}

/** Sorts views so that each comes after the views that it reads. @throws {Error} as `viewLayers` does */
export function inDependencyOrder<V extends Pick<ViewDefinition, "dataset" | "view" | "query">>(
  views: V[],
): V[] {
  const layers = viewLayers(views);
  const layerOf = ({ dataset, view }: V): number => layers.get(`${dataset}.${view}`) ?? 0;
  return views.toSorted((a, b) => layerOf(a) - layerOf(b));
}

/** Names of the given views that a query reads. */
export function viewsRead(query: string, views: Pick<ViewDefinition, "dataset" | "view">[]): string[] {
  const code = lexGoogleSql(query)
    .filter(({ kind }) => kind !== "comment" && kind !== "string")
    .map(({ text }) => text)
    .join("");
  return views
    .map(({ dataset, view }) => `${dataset}.${view}`)
    .filter((name) => new RegExp(`\\b${name.replace(".", "\\.")}\\b`, "i").test(code));
}

/** The file that Terraform reads, by path from the repository's root. */
export function viewLayersFile(views: ViewDefinition[]): Record<string, string> {
  const layers = Object.fromEntries([...viewLayers(views)].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { "infra/bigquery/view-layers.json": `${JSON.stringify(layers, null, 2)}\n` };
}
