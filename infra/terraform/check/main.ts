/** Checks infra/terraform without network: npx tsx infra/terraform/check/main.ts */
import { checkOut } from "./check-terraform.ts";

const checkout = await checkOut();
try {
  const steps = [
    ["fmt", "-check", "-recursive"],
    ["validate", "-no-color"],
    ["test", "-no-color"],
  ];
  for (const args of steps) {
    const { ok, output } = await checkout.terraform(...args);
    console.log(`terraform ${args.join(" ")}: ${ok ? "ok" : "FAILED"}\n${output}`);
    if (!ok) process.exitCode = 1;
  }
} finally {
  await checkout.remove();
}
