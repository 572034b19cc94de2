import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { variables } from "../../shared/config.ts";
import { readFunctions } from "./read-functions.ts";

const root = new URL("../../", import.meta.url);
/** Set by Cloud Run, the Functions Framework, Node or a shell, and never by an operator of the suite. */
const platform = ["FUNCTION_TARGET", "K_SERVICE"];

const text = readFileSync(new URL(".env.example", root), "utf8");
const documented = readNames(text);
const configuration = Object.keys(variables.shape);
const secrets = [...new Set((await readFunctions()).flatMap(({ manifest }) => manifest.secrets))];
const production = readSources("functions") + readSources("shared");
const code = production + readSources("infra");

function readNames(section: string): string[] {
  return [...section.matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].flatMap(([, name]) => name ?? []);
}

function readSources(folder: string): string {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .map((path) => readFileSync(new URL(`${folder}/${path}`, root), "utf8"))
    .join("\n");
}

describe(".env.example", () => {
  it("documents every variable once", () => {
    expect(documented).toEqual([...new Set(documented)]);
  });

  it("lists the file and exactly the variables of shared/config.ts under Your organization", () => {
    const section = /^# --- Your organization[\s\S]*?(?=^# --- )/m.exec(text)?.[0] ?? "";
    expect(readNames(section).sort()).toEqual([...configuration, "CI_TOOLING_CONFIG"].sort());
  });

  it("documents every secret of a function.json", () => {
    expect(secrets.filter((name) => !documented.includes(name))).toEqual([]);
  });

  it("documents every variable that functions/ and shared/ read by name", () => {
    const read = [...production.matchAll(/\benv\.([A-Z][A-Z0-9_]*)/g)].flatMap(([, name]) => name ?? []);
    expect(read).toContain("SENTRY_DSN");
    expect(read.filter((name) => ![...documented, ...platform].includes(name))).toEqual([]);
  });

  it("documents no variable that nothing reads", () => {
    const current = documented.map((name) => name.replace(/_PREVIOUS$/, ""));
    const unread = current.filter(
      (name) =>
        !configuration.includes(name) && !secrets.includes(name) && !new RegExp(`\\b${name}\\b`).test(code),
    );
    expect(unread).toEqual([]);
  });
});
