import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const step = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  shell: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const permissions = z.record(z.string(), z.string());
const concurrency = z.union([z.string(), z.object({ group: z.string() })]);
const job = z.object({
  environment: z.string().optional(),
  permissions: permissions.optional(),
  concurrency: concurrency.optional(),
  steps: z.array(step),
});
/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax */
const workflow = z.object({
  permissions,
  concurrency: concurrency.optional(),
  defaults: z.object({ run: z.object({ shell: z.string() }) }).optional(),
  jobs: z.record(z.string(), job),
});

const folder = new URL("../../.github/", import.meta.url);
const workflows = readdirSync(new URL("workflows/", folder)).map((file) => ({
  file,
  text: readFileSync(new URL(`workflows/${file}`, folder), "utf8"),
  ...workflow.parse(parse(readFileSync(new URL(`workflows/${file}`, folder), "utf8"))),
}));
const jobs = workflows.flatMap(({ file, defaults, jobs: own }) =>
  Object.entries(own).map(([name, each]) => ({ name: `${file} ${name}`, defaults, ...each })),
);

function isSignIn({ uses = "" }: z.infer<typeof step>): boolean {
  return uses.startsWith("google-github-actions/auth@") || uses.endsWith("/actions/sign-in");
}

function find(file: string) {
  const found = workflows.find((each) => each.file === file);
  if (!found) throw new Error(`There is no ${file}`);
  return found;
}

describe("the workflows of GitHub Actions", () => {
  it("let only a job with an environment sign in to Google Cloud", () => {
    const signingIn = jobs.filter(({ steps }) => steps.some(isSignIn)).map(({ name }) => name);
    expect(signingIn.sort()).toEqual([
      "deploy.yml deploy",
      "migrate.yml migrate",
      "plan.yml plan",
      "rollback.yml rollback",
    ]);
    const allowed = jobs.filter((each) => each.permissions?.["id-token"] === "write");
    expect(allowed.map(({ name }) => name).sort()).toEqual(signingIn);
    expect(allowed.filter(({ environment }) => environment === undefined)).toEqual([]);
    // A permission of the workflow would be one of each of its jobs.
    expect(workflows.filter((each) => each.permissions["id-token"] !== undefined)).toEqual([]);
  });

  it("sign in after the packages are installed", () => {
    for (const { name, steps } of jobs) {
      const signIn = steps.findIndex(isSignIn);
      const install = steps.findIndex(({ run = "" }) => run.includes("npm ci"));
      if (signIn !== -1) expect([name, install < signIn]).toEqual([name, true]);
    }
  });

  it("pin every action to a commit, and every package that npx runs to a version", () => {
    const composite = readFileSync(new URL("actions/sign-in/action.yml", folder), "utf8");
    for (const text of [...workflows.map((each) => each.text), composite]) {
      const uses = [...text.matchAll(/uses: (\S+)/g)].map(([, name = ""]) => name);
      expect(uses.filter((name) => !/^\.\/|@[0-9a-f]{40}$/.test(name))).toEqual([]);
      const packages = [...text.matchAll(/npx --yes -p (\S+)/g)].map(([, name = ""]) => name);
      expect(packages.filter((name) => !/@\d+\.\d+\.\d+$/.test(name))).toEqual([]);
    }
  });

  it("fail when any program of a pipe fails", () => {
    const piping = jobs.flatMap(({ name, defaults, steps }) =>
      steps.flatMap(({ run = "", shell = defaults?.run.shell }) =>
        / \| /.test(run) ? [{ name, shell }] : [],
      ),
    );
    expect(piping).not.toEqual([]);
    // GitHub runs `bash -eo pipefail` for `shell: bash`, and `bash -e` without it.
    expect(piping.filter(({ shell }) => shell !== "bash")).toEqual([]);
  });

  it("let no push cancel or delay a rollback or a migration", () => {
    const deploy = find("deploy.yml");
    expect(deploy.concurrency).toBeUndefined();
    expect(deploy.jobs.test?.concurrency).toBeUndefined();
    const groups = [
      deploy.jobs.deploy?.concurrency,
      find("rollback.yml").concurrency,
      find("migrate.yml").concurrency,
    ];
    expect(new Set(groups)).toEqual(new Set(["production", "rollback", "migrate"]));
  });

  it("roll back with the present configuration", () => {
    const checkout = find("rollback.yml").jobs.rollback?.steps.find(({ uses = "" }) =>
      uses.startsWith("actions/checkout@"),
    );
    expect(checkout?.with).toEqual({ ref: "main" });
  });
});
