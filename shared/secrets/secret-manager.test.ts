import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type RunningSecretManager, startSecretManager } from "../../infra/emulators/secret-manager/start.ts";
import { readSecretVersions } from "./secret-manager.ts";

let running: RunningSecretManager;
beforeAll(async () => {
  running = await startSecretManager({
    secrets: {
      "projects/a-project/secrets/ROTATED": ["oldest", "previous", "newest\n"],
      "projects/a-project/secrets/BLANK": ["\n"],
      "projects/a-project/secrets/EMPTY": [],
    },
  });
  vi.stubEnv("SECRET_MANAGER_EMULATOR_HOST", running.host);
  vi.stubEnv("GOOGLE_CLOUD_PROJECT", "a-project");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await running.stop();
});

describe("Google's client", () => {
  it.each([
    ["ROTATED", ["newest", "previous"]],
    ["BLANK", []],
    ["EMPTY", []],
  ])("reads the two newest versions of %s that have a value", async (name, values) => {
    expect(await readSecretVersions(name, 5_000)).toEqual(values);
  });

  it("fails for a secret that does not exist", async () => {
    await expect(readSecretVersions("MISSING", 5_000)).rejects.toMatchObject({ code: 5 });
  });

  it("reads again over a connection that was lost, and stops at the deadline while nothing responds", async () => {
    const port = Number(running.host.split(":")[1]);
    await running.stop();
    const began = Date.now();
    await expect(readSecretVersions("ROTATED", 600)).rejects.toThrow();
    expect(Date.now() - began).toBeLessThan(2_000);
    const restarted = readSecretVersions("BLANK", 5_000);
    running = await startSecretManager({ port, secrets: { "projects/a-project/secrets/BLANK": ["x"] } });
    expect(await restarted).toEqual(["x"]);
  });
});
