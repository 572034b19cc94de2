import { execFile } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { readProviderSchema } from "./provider-schema.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
/** Folders that the configuration reads. */
const inputs = ["infra/terraform", "infra/bigquery", "infra/manifests", "functions"];

export interface TerraformResult {
  ok: boolean;
  /** Terraform's stdout and stderr. */
  output: string;
}

/** A temporary copy of the configuration, with the emulated provider. */
export interface Checkout {
  /** Folder of the root module. */
  dir: string;
  terraform(...args: string[]): Promise<TerraformResult>;
  remove(): Promise<void>;
}

/** Copies the configuration and its inputs, and initializes it without network. @throws {Error} with Terraform's output */
export async function checkOut(): Promise<Checkout> {
  const temporary = await mkdtemp(join(tmpdir(), "terraform-"));
  for (const folder of inputs)
    await cp(join(root, folder), join(temporary, folder), { recursive: true, filter: isInput });
  await installProvider(join(temporary, "providers"));
  const dir = join(temporary, "infra/terraform");
  await allowDestroy(join(dir, "pubsub.tf"));
  const env = {
    ...process.env,
    TF_CLI_CONFIG_FILE: join(temporary, "terraform.rc"),
    // The emulated provider has no certificate.
    TF_DISABLE_PLUGIN_TLS: "1",
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
  };
  await writeFile(
    env.TF_CLI_CONFIG_FILE,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(join(temporary, "providers"))}\n  }\n}\n`,
  );
  const terraform = (...args: string[]) => run(args, dir, env);
  const initialized = await terraform("init", "-backend=false", "-input=false", "-no-color");
  if (!initialized.ok) throw new Error(initialized.output);
  return { dir, terraform, remove: () => rm(temporary, { recursive: true, force: true }) };
}

/** `terraform test` destroys the resources in its memory at the end, and fails for one with prevent_destroy. */
async function allowDestroy(file: string) {
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace("prevent_destroy = true", "prevent_destroy = false"));
}

/** Excludes Terraform's working files and the settings of an installation. */
function isInput(path: string): boolean {
  return !/\/\.terraform|\.tfvars$|\.test\.ts$/.test(path);
}

/** Installs the emulated provider where Terraform looks for google's, https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror */
async function installProvider(mirror: string) {
  const { provider, version } = readProviderSchema();
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  const dir = join(mirror, provider, version, `${process.platform}_${architecture}`);
  await mkdir(dir, { recursive: true });
  const program = join(dir, `terraform-provider-google_v${version}`);
  const script = `${program}.cjs`;
  await bundle(new URL("provider.ts", import.meta.url), script);
  await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${script}"\n`);
  await chmod(program, 0o755);
}

/** Bundles into one file, which starts faster: Terraform starts the provider about fifty times. `import.meta.url` stays the source's. */
async function bundle(source: URL, outfile: string) {
  await build({
    entryPoints: [fileURLToPath(source)],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    define: { "import.meta.url": JSON.stringify(source.href) },
    logLevel: "warning",
  });
}

function run(args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<TerraformResult> {
  return new Promise((resolve) => {
    execFile("terraform", args, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
      resolve({ ok: !error, output: `${stdout}${stderr}` }),
    );
  });
}
