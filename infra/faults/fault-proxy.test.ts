import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect, createServer as createTcpServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listen } from "../emulators/lib/listen.ts";
import { ArmedFault } from "./armed-fault.ts";
import { createHttpProxy, postgresStatements, startTcpProxy } from "./fault-proxy.ts";
import type { Fault } from "./schedule.ts";

const armed = new ArmedFault();
const servers: { close(): unknown }[] = [];
/** Requests that reached the service, and processes that were killed. */
let seen: string[];
beforeEach(() => {
  seen = [];
});
afterEach(() => {
  armed.disarm();
  for (const server of servers.splice(0)) server.close();
});

const kill = () => void seen.push("killed");

describe("the HTTP proxy", () => {
  async function start(): Promise<string> {
    const service: Server = createServer((request, response) => {
      request.on("data", (chunk) => seen.push(`${request.method} ${request.url} ${chunk}`));
      request.on("end", () => response.writeHead(201, { "x-answer": "yes" }).end("done"));
    });
    const url = new URL(`http://127.0.0.1:${await listen(service)}`);
    const route = { part: "slack", functionName: "a", kill } as const;
    const proxy = createHttpProxy(armed, (path) => ({ route, step: "post", url: new URL(path, url) }));
    servers.push(service, proxy);
    return `http://127.0.0.1:${await listen(proxy)}`;
  }
  const post = async (url: string) => {
    const response = await fetch(`${url}/api/x?y=1`, { method: "POST", body: "body" });
    return [response.status, response.headers.get("x-answer"), await response.text()];
  };
  const arrived = "POST /api/x?y=1 body";

  it("passes a request on, and its response", async () => {
    expect(await post(await start())).toEqual([201, "yes", "done"]);
    expect(seen).toEqual([arrived]);
  });

  it.each<[Fault, string[]]>([
    ["reset", []],
    ["killed-before", ["killed"]],
    ["lost", [arrived]],
    ["killed-after", [arrived, "killed"]],
  ])("%s: the caller gets no response once, and the service sees %j", async (fault, expected) => {
    const url = await start();
    armed.arm({ part: "slack", step: "post", fault, nth: 0 });
    await expect(post(url)).rejects.toThrow("fetch failed");
    expect(seen).toEqual(expected);
    expect(await post(url)).toEqual([201, "yes", "done"]);
  });

  it("error: the caller gets 503, and the service sees nothing", async () => {
    const url = await start();
    armed.arm({ part: "slack", step: "post", fault: "error", nth: 0 });
    expect((await post(url))[0]).toBe(503);
    expect(seen).toEqual([]);
  });

  it("hang: the caller gets no response until it gives up", async () => {
    const url = await start();
    armed.arm({ part: "slack", step: "post", fault: "hang", nth: 0 });
    const caller = new AbortController();
    const response = fetch(url, { method: "POST", body: "body", signal: caller.signal });
    await expect.poll(() => armed.hits).toBe(1);
    caller.abort();
    await expect(response).rejects.toThrow("aborted");
    expect(seen).toEqual([]);
  });
});

describe("the proxy of bytes", () => {
  const commit = Buffer.from("Q\0\0\0\x0bcommit\0");

  async function open() {
    const service = createTcpServer((socket) => {
      socket.on("error", () => {});
      socket.on("data", (chunk) => {
        seen.push(chunk.toString("latin1", 5, 11));
        socket.write("ok");
      });
    });
    const route = { part: "postgres", functionName: "a", kill } as const;
    const [proxy, port] = await startTcpProxy(armed, route, await listen(service), postgresStatements);
    servers.push(service, proxy);
    return connect(port, "127.0.0.1");
  }

  it("passes bytes on in both directions", async () => {
    const socket = await open();
    socket.write(commit);
    expect(String(await once(socket, "data"))).toBe("ok");
    expect(seen).toEqual(["commit"]);
    socket.destroy();
  });

  it.each<[Fault, string[]]>([
    ["reset", []],
    ["killed-before", ["killed"]],
    ["lost", ["commit"]],
    ["killed-after", ["commit", "killed"]],
  ])("%s: the client's connection is reset, and the server sees %j", async (fault, expected) => {
    const socket = await open();
    armed.arm({ part: "postgres", step: "commit", fault, nth: 0 });
    socket.write(commit);
    await expect(once(socket, "close")).rejects.toThrow("ECONNRESET");
    expect(seen).toEqual(expected);
  });
});
