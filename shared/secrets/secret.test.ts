import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const NAME = "GH_WEBHOOK_SECRET";
const MINUTE = 60_000;

/** Secret Manager as its client shows it: the values of the enabled versions, newest first, or a failure. */
const manager = vi.hoisted(() => ({
  versions: ["first"],
  outcome: "responds" as "responds" | "fails" | "hangs",
  clients: 0,
  reads: 0,
}));
vi.mock("@google-cloud/secret-manager/build/src/v1/secret_manager_service_client.js", () => ({
  SecretManagerServiceClient: class {
    constructor() {
      manager.clients++;
    }
    getProjectId = async () => "a-project";
    async listSecretVersions() {
      manager.reads++;
      if (manager.outcome === "fails") throw new Error("14 UNAVAILABLE: the service is unavailable");
      if (manager.outcome === "hangs") await new Promise(() => {});
      return [manager.versions.map((_, index) => ({ name: String(index) }))];
    }
    accessSecretVersion = async ({ name }: { name: string }) => [
      { payload: { data: Buffer.from(manager.versions[Number(name)] ?? "") } },
    ];
  },
}));

let readValidSecrets: (name: string) => string[] | Promise<string[]>;
let lines: string[];
beforeEach(async () => {
  Object.assign(manager, { versions: ["first"], outcome: "responds", clients: 0, reads: 0 });
  vi.useFakeTimers();
  vi.stubEnv(NAME, "");
  vi.resetModules();
  ({ readValidSecrets } = await import("./secret.ts"));
  lines = [];
  vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const later = (minutes: number) => vi.advanceTimersByTimeAsync(minutes * MINUTE);

describe("a secret in Secret Manager", () => {
  it("is read once for concurrent deliveries, and with one client for all secrets", async () => {
    await Promise.all([readValidSecrets(NAME), readValidSecrets(NAME)]);
    await readValidSecrets("SLACK_SIGNING_SECRET");
    expect([manager.reads, manager.clients]).toEqual([2, 1]);
  });

  it("is read again after five minutes without making a delivery wait", async () => {
    await readValidSecrets(NAME);
    manager.versions = ["second", "first"];
    await later(4);
    expect(await readValidSecrets(NAME)).toEqual(["first"]);
    expect(manager.reads).toBe(1);
    await later(2);
    expect(await readValidSecrets(NAME)).toEqual(["first"]);
    await later(0);
    expect(await readValidSecrets(NAME)).toEqual(["second", "first"]);
  });

  it("is read before it is used in an instance that was frozen for longer than ten minutes", async () => {
    await readValidSecrets(NAME);
    manager.versions = ["second"];
    await later(11);
    expect(await readValidSecrets(NAME)).toEqual(["second"]);
  });

  it.each(["fails", "hangs"] as const)("stays valid for a day while Secret Manager %s", async (outcome) => {
    await readValidSecrets(NAME);
    manager.outcome = outcome;
    for (const minutes of [6, 20, 23 * 60]) {
      await later(minutes);
      const values = readValidSecrets(NAME);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(await values).toEqual(["first"]);
    }
    expect(lines.join()).toContain('"severity":"ERROR"');
    const reads = manager.reads;
    await readValidSecrets(NAME);
    expect(manager.reads).toBe(reads);
    await later(60);
    const refused = expect(readValidSecrets(NAME)).rejects.toMatchObject({ name: "ConfigurationError" });
    await vi.advanceTimersByTimeAsync(8_000);
    await refused;
  });

  it("is read at the next delivery if the first read failed", async () => {
    manager.outcome = "fails";
    await expect(readValidSecrets(NAME)).rejects.toMatchObject({ name: "ConfigurationError" });
    manager.outcome = "responds";
    expect(await readValidSecrets(NAME)).toEqual(["first"]);
  });

  it("is not valid any more when its versions are disabled", async () => {
    await readValidSecrets(NAME);
    manager.versions = [];
    await later(11);
    await expect(readValidSecrets(NAME)).rejects.toThrow("has no value");
  });
});

describe("white space", () => {
  it("in a version is no value", async () => {
    manager.versions = ["\n", "first"];
    expect(await readValidSecrets(NAME)).toEqual(["first"]);
    await later(11);
    manager.versions = [" \n"];
    await expect(readValidSecrets(NAME)).rejects.toThrow("has no value");
  });

  it("in the environment is no value", async () => {
    vi.stubEnv(NAME, " ");
    expect(await readValidSecrets(NAME)).toEqual(["first"]);
  });
});
