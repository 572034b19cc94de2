import type { Plugin } from "esbuild";
import { listFunctions } from "../../functions/console/list-functions.ts";
import { readAssets } from "../../shared/console/read-assets.ts";

/** Modules that read files of the repository, with the name and the result of the function that each exports. */
const modules = [
  {
    path: /[\\/]functions[\\/]console[\\/]list-functions\.ts$/,
    name: listFunctions.name,
    read: listFunctions,
  },
  { path: /[\\/]shared[\\/]console[\\/]read-assets\.ts$/, name: readAssets.name, read: readAssets },
];

/** Replaces modules that read files of the repository by what they return: a deployed function is one file. */
export const embedFiles: Plugin = {
  name: "embed-files",
  setup(build) {
    for (const { path, name, read } of modules)
      build.onLoad({ filter: path }, () => ({
        contents: `const contents = ${JSON.stringify(read())};
export const ${name} = () => contents;`,
        loader: "js",
      }));
  },
};
