import { afterEach, describe, expect, it, vi } from "vitest";
import { connectionOptions } from "./connection-options.ts";

const cloud = { DB_USER: "ci", DB_NAME: "ci_tooling" };
afterEach(() => vi.unstubAllEnvs());

describe("connectionOptions", () => {
  it("prefers DATABASE_URL to the parts", () => {
    const options = connectionOptions({ ...cloud, DATABASE_URL: "postgres://a@b/c", DB_HOST: "10.0.0.3" });
    expect(options).toMatchObject({ connectionString: "postgres://a@b/c", statement_timeout: 60_000 });
    expect(options).not.toHaveProperty("host");
  });

  it("connects to DB_HOST, with TLS if DB_CA has the instance's certificate authority", () => {
    expect(connectionOptions({ ...cloud, DB_HOST: "10.0.0.3" })).toMatchObject({
      host: "10.0.0.3",
      user: "ci",
      database: "ci_tooling",
    });
    expect(connectionOptions({ ...cloud, DB_HOST: "10.0.0.3" })).not.toHaveProperty("ssl");
    expect(connectionOptions({ ...cloud, DB_HOST: "10.0.0.3", DB_CA: "PEM" })).toMatchObject({
      ssl: { ca: "PEM" },
    });
  });

  it("connects to the socket that Cloud Run mounts if only the instance is named", () => {
    const options = connectionOptions({ ...cloud, DB_INSTANCE_CONNECTION_NAME: "project:region:db" });
    expect(options).toMatchObject({ host: "/cloudsql/project:region:db" });
    expect(options).not.toHaveProperty("ssl");
  });

  it("reads the password for every connection, so that a rotated one needs no redeploy", async () => {
    const { password } = connectionOptions({ ...cloud, DB_HOST: "10.0.0.3" });
    for (const value of ["first", "rotated"]) {
      vi.stubEnv("DB_PASSWORD", value);
      expect(await (password as () => Promise<string>)()).toBe(value);
    }
  });

  it("waits longer for a response than the server lets a statement run, and notices a dead connection", () => {
    const options = connectionOptions({ DATABASE_URL: "postgres://a@b/c" });
    expect(options.query_timeout).toBeGreaterThan(Number(options.statement_timeout));
    expect(options).toMatchObject({ keepAlive: true, keepAliveInitialDelayMillis: 10_000 });
  });

  it.each([
    [{}, "DB_USER, DB_NAME, DB_HOST or DB_INSTANCE_CONNECTION_NAME and DB_PASSWORD"],
    [{ ...cloud }, "DB_HOST or DB_INSTANCE_CONNECTION_NAME"],
    [{ DB_USER: "ci", DB_HOST: "10.0.0.3" }, "DB_NAME"],
  ])("rejects %j and names the missing variables", (env, missing) => {
    expect(() => connectionOptions(env)).toThrow(missing);
  });
});
