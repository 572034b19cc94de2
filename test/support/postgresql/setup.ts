import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { migrate } from "../../../shared/database/migrate.ts";

/** Creates a database for the test file, and names it in DATABASE_URL as for deployed functions. */
const name = `test_${randomBytes(6).toString("hex")}`;
const server = inject("postgresUrl");
const client = new pg.Client({ connectionString: server });
await client.connect();
await client.query(`CREATE DATABASE ${name}`);
await client.end();

const url = new URL(server);
url.pathname = `/${name}`;
process.env.DATABASE_URL = url.href;
await migrate();
