import { existsSync, mkdirSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { dataDir as loadInitializedDir } from "@electric-sql/pglite-prepopulatedfs";
import { listen } from "../lib/listen.ts";
import { FrontendMessages } from "./frontend-messages.ts";
import { SessionMutex } from "./session-mutex.ts";

export interface PostgresOptions {
  /** 0, the default, lets the system choose. */
  port?: number;
  /** Directory of the database. Without it the database is in memory. */
  dataDir?: string;
}

export interface RunningPostgres {
  /** For DATABASE_URL. */
  url: string;
  /** Closes every connection, rolls back what they left open, and closes the database. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL in WebAssembly (PGlite) behind a socket that speaks PostgreSQL's wire protocol, so that the real driver
 * reaches it. PGlite has one session, which all connections share: their transactions follow each other.
 *
 * @throws {Error} when the port is taken
 */
export async function startPostgres({ port = 0, dataDir }: PostgresOptions = {}): Promise<RunningPostgres> {
  if (dataDir) mkdirSync(dataDir, { recursive: true });
  const mutex = new SessionMutex<Socket>();
  const connections = new Set<Promise<void>>();
  const sockets = new Set<Socket>();
  let db: PGlite | undefined;
  const server = createServer((socket) => {
    if (!db) return socket.destroy();
    sockets.add(socket);
    const connection = serve(socket, db, mutex).finally(() => {
      sockets.delete(socket);
      connections.delete(connection);
    });
    connections.add(connection);
  });
  // The port comes before the files: a process that holds the port may have the same files open.
  const listeningPort = await listen(server, port);
  db = await openDatabase(dataDir);
  return {
    url: `postgres://postgres@127.0.0.1:${listeningPort}/postgres`,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(connections);
      await new Promise((resolve) => server.close(resolve));
      await db?.close();
    },
  };
}

/** Starts a new database from a copy of an initialized one: initdb takes longer than all other steps of a start together. */
async function openDatabase(dataDir: string | undefined): Promise<PGlite> {
  const isInitialized = dataDir !== undefined && existsSync(join(dataDir, "PG_VERSION"));
  return PGlite.create({
    ...(dataDir && { dataDir }),
    ...(!isInitialized && { loadDataDir: await loadInitializedDir() }),
  });
}

/** Serves one connection until it is closed, and rolls back the transaction that it left open. */
async function serve(socket: Socket, db: PGlite, mutex: SessionMutex<Socket>) {
  const messages = new FrontendMessages();
  // A client that disconnects is no error; it ends the loop below.
  socket.on("error", () => {});
  try {
    for await (const chunk of socket) {
      for (const message of messages.push(chunk as Buffer)) {
        if (message.kind === "encryption") socket.write("N");
        else if (message.kind === "exchange") await runExchange(socket, message.bytes, db, mutex);
        else return;
      }
    }
  } catch {
    // The client or `stop` closed the connection.
  } finally {
    if (mutex.isHeldBy(socket)) {
      if (db.isInTransaction()) await db.exec("ROLLBACK");
      mutex.release(socket);
    }
    socket.destroy();
  }
}

async function runExchange(socket: Socket, bytes: Buffer, db: PGlite, mutex: SessionMutex<Socket>) {
  await mutex.acquire(socket);
  // The client disconnected while it waited, and never reads the response.
  if (socket.destroyed) return mutex.release(socket);
  const response = await db.execProtocolRaw(new Uint8Array(bytes));
  if (!socket.destroyed) socket.write(response);
  if (!db.isInTransaction()) mutex.release(socket);
}
