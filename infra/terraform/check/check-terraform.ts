import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startProvider } from "./provider.ts";

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
  const provider = await startProvider();
  const dir = join(temporary, "infra/terraform");
  await allowDestroy(join(dir, "pubsub.tf"));
  const env = {
    ...process.env,
    TF_REATTACH_PROVIDERS: provider.reattach,
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    // Terraform's garbage collector took two fifths of its CPU: https://tip.golang.org/doc/gc-guide#GOGC
    GOGC: "400",
    GOMEMLIMIT: "1GiB",
  };
  const terraform = (...args: string[]) => run(args, dir, env);
  const initialized = await terraform("init", "-backend=false", "-input=false", "-no-color");
  const remove = async () => {
    provider.stop();
    await rm(temporary, { recursive: true, force: true });
  };
  if (!initialized.ok) {
    await remove();
    throw new Error(initialized.output);
  }
  return { dir, terraform, remove };
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

function run(args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<TerraformResult> {
  return new Promise((resolve) => {
    execFile("terraform", args, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
      resolve({ ok: !error, output: `${stdout}${stderr}` }),
    );
  });
}
