import { SecretManagerServiceClient } from "@google-cloud/secret-manager";
import { credentials, status } from "@grpc/grpc-js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningSecretManager, startSecretManager } from "./start.ts";

const SECRET = "projects/local/secrets/TOKEN";
let running: RunningSecretManager;
let client: SecretManagerServiceClient;

beforeEach(async () => {
  running = await startSecretManager({ secrets: { [SECRET]: ["first", "second"] } });
  client = new SecretManagerServiceClient({
    apiEndpoint: "127.0.0.1",
    port: Number(running.host.split(":")[1]),
    sslCreds: credentials.createInsecure(),
  });
});
afterEach(async () => {
  await client.close();
  await running.stop();
});

const version = (number: number | string) => `${SECRET}/versions/${number}`;
const read = async (number: number | string) => {
  const [{ payload }] = await client.accessSecretVersion({ name: version(number) });
  return Buffer.from(payload?.data ?? "").toString();
};
const list = async (filter = "") => {
  const [versions] = await client.listSecretVersions({ parent: SECRET, filter });
  return versions.map(({ name, state }) => `${name?.split("/").at(-1)} ${state}`);
};

describe("a version", () => {
  it("has the payload that was added; the latest one is the newest", async () => {
    expect([await read(1), await read(2), await read("latest")]).toEqual(["first", "second", "second"]);
    const [added] = await client.addSecretVersion({
      parent: SECRET,
      payload: { data: Buffer.from("third") },
    });
    expect([added.name, await read("latest")]).toEqual([version(3), "third"]);
  });

  it("has no payload while it is disabled, also under the name latest", async () => {
    await client.disableSecretVersion({ name: version(2) });
    for (const number of [2, "latest"])
      await expect(read(number)).rejects.toMatchObject({
        code: status.FAILED_PRECONDITION,
        details: `Secret Version [${version(2)}] is in DISABLED state.`,
      });
    await client.enableSecretVersion({ name: version(2) });
    expect(await read("latest")).toBe("second");
  });

  it("that was destroyed stays so", async () => {
    await client.destroySecretVersion({ name: version(1) });
    const refused = { code: status.FAILED_PRECONDITION, details: expect.stringContaining("DESTROYED") };
    await expect(read(1)).rejects.toMatchObject(refused);
    await expect(client.enableSecretVersion({ name: version(1) })).rejects.toMatchObject(refused);
  });
});

describe("the list of versions", () => {
  it("begins with the newest, and can be filtered by state", async () => {
    await client.disableSecretVersion({ name: version(1) });
    expect(await list()).toEqual(["2 ENABLED", "1 DISABLED"]);
    expect(await list("state:ENABLED")).toEqual(["2 ENABLED"]);
  });

  it("comes in pages", async () => {
    const [versions, next] = await client.listSecretVersions(
      { parent: SECRET, pageSize: 1 },
      { autoPaginate: false },
    );
    expect([versions.length, next?.pageToken]).toEqual([1, "1"]);
    expect(await list()).toHaveLength(2);
  });
});

describe("a refused request", () => {
  const parent = "projects/local";
  it.each<[string, () => Promise<unknown>, status]>([
    [
      "an unknown secret",
      () => client.listSecretVersions({ parent: `${parent}/secrets/X` }),
      status.NOT_FOUND,
    ],
    ["an unknown version", () => read(3), status.NOT_FOUND],
    [
      "a secret that exists",
      () => client.createSecret({ parent, secretId: "TOKEN", secret: {} }),
      status.ALREADY_EXISTS,
    ],
    [
      "a name with a dot",
      () => client.createSecret({ parent, secretId: "a.b", secret: {} }),
      status.INVALID_ARGUMENT,
    ],
    [
      "more than 64 KiB",
      () => client.addSecretVersion({ parent: SECRET, payload: { data: Buffer.alloc(65_537) } }),
      status.INVALID_ARGUMENT,
    ],
    ["a filter of another field", () => list("name:x"), status.INVALID_ARGUMENT],
    ["a method that is not emulated", () => client.deleteSecret({ name: SECRET }), status.UNIMPLEMENTED],
  ])("has the status of %s", async (_, request, code) => {
    await expect(request()).rejects.toMatchObject({ code });
  });

  it("names a secret without versions", async () => {
    await client.createSecret({ parent, secretId: "EMPTY", secret: {} });
    await expect(
      client.accessSecretVersion({ name: `${parent}/secrets/EMPTY/versions/latest` }),
    ).rejects.toMatchObject({
      code: status.NOT_FOUND,
      details: `Secret [${parent}/secrets/EMPTY] not found or has no versions.`,
    });
  });
});
