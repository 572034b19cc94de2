import { existsSync, mkdirSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { dataDir as initializedDir } from "@electric-sql/pglite-prepopulatedfs";
import { FrontendMessages } from "./frontend-messages.ts";
import { Turns } from "./turns.ts";

export interface PostgresOptions {
  /** 0, the default, lets the system choose. */
  port?: number;
  /** The database is kept here; without it, in memory. */
  dataDir?: string;
}

export interface RunningPostgres {
  /** For DATABASE_URL. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL in WebAssembly behind a socket that speaks its protocol, so that the real driver reaches it.
 * It has one session, which connections share: their transactions follow each other.
 *
 * @throws {Error} when the port is taken
 */
export async function startPostgres({ port = 0, dataDir }: PostgresOptions = {}): Promise<RunningPostgres> {
  if (dataDir) mkdirSync(dataDir, { recursive: true });
  const turns = new Turns<Socket>();
  const open = new Set<Promise<void>>();
  const sockets = new Set<Socket>();
  // The port first: whoever has it may have the same files open.
  let db: PGlite | undefined;
  const server = createServer((socket) => {
    if (!db) return socket.destroy();
    sockets.add(socket);
    const served = serve(socket, db, turns).finally(() => {
      sockets.delete(socket);
      open.delete(served);
    });
    open.add(served);
  });
  await listen(server, port);
  db = await openDatabase(dataDir);
  return {
    url: `postgres://postgres@127.0.0.1:${(server.address() as AddressInfo).port}/postgres`,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(open);
      await new Promise((resolve) => server.close(resolve));
      await db?.close();
    },
  };
}

/** A new database begins as a copy of an initialized one: to initialize it takes longer than all else that starts. */
async function openDatabase(dataDir: string | undefined): Promise<PGlite> {
  const isInitialized = dataDir !== undefined && existsSync(join(dataDir, "PG_VERSION"));
  return PGlite.create({
    ...(dataDir && { dataDir }),
    ...(!isInitialized && { loadDataDir: await initializedDir() }),
  });
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

/** Answers one connection until it is closed; what it left open is rolled back. */
async function serve(socket: Socket, db: PGlite, turns: Turns<Socket>) {
  const messages = new FrontendMessages();
  // A client that went away is no error; the loop below ends with it.
  socket.on("error", () => {});
  try {
    for await (const chunk of socket) {
      for (const message of messages.push(chunk as Buffer)) {
        if (message.kind === "encryption") socket.write("N");
        else if (message.kind === "exchange") await exchange(socket, message.bytes, db, turns);
        else return;
      }
    }
  } catch {
    // Broken off, by the client or by `stop`.
  } finally {
    if (turns.has(socket)) {
      if (db.isInTransaction()) await db.exec("ROLLBACK");
      turns.pass(socket);
    }
    socket.destroy();
  }
}

async function exchange(socket: Socket, bytes: Buffer, db: PGlite, turns: Turns<Socket>) {
  await turns.take(socket);
  // Closed while it waited: what it asked for is nobody's any more.
  if (socket.destroyed) return turns.pass(socket);
  const answer = await db.execProtocolRaw(new Uint8Array(bytes));
  if (!socket.destroyed) socket.write(answer);
  if (!db.isInTransaction()) turns.pass(socket);
}
