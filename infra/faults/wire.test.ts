import { describe, expect, it } from "vitest";
import { ArmedFault } from "./armed-fault.ts";
import { HeadersFrames, recognizeStatement } from "./wire.ts";

/** @param type of the frame: 1 is HEADERS, 4 SETTINGS, 0 DATA */
function frame(type: number, length: number): Buffer {
  const bytes = Buffer.alloc(9 + length, 1);
  bytes.writeUIntBE(length, 0, 3);
  bytes[3] = type;
  return bytes;
}

describe("HeadersFrames", () => {
  const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

  it("finds a call behind the preface and the settings, also in single bytes", () => {
    const bytes = Buffer.concat([preface, frame(4, 6), frame(1, 40), frame(0, 5)]);
    expect(new HeadersFrames("client").push(bytes)).toBe(true);
    const frames = new HeadersFrames("client");
    const found = [...bytes].map((byte) => frames.push(Buffer.from([byte])));
    expect(found.filter(Boolean)).toHaveLength(1);
  });

  it("finds none in settings and data, whatever they contain", () => {
    const frames = new HeadersFrames("server");
    expect(frames.push(Buffer.concat([frame(4, 0), frame(0, 300)]))).toBe(false);
    expect(frames.push(frame(0, 9))).toBe(false);
    expect(frames.push(frame(1, 3))).toBe(true);
  });
});

describe("recognizeStatement", () => {
  const query = (text: string) => Buffer.from(`Q\0\0\0\0${text}\0`);
  const parse = (text: string) => Buffer.from(`P\0\0\0\0\0${text}\0\0\0`);

  it.each([
    ["a commit", query("commit"), "commit"],
    ["an insert with parameters", parse('insert into "deploys" values ($1)'), "write"],
    ["an update", parse('update "processed_events" set …'), "write"],
    ["a begin", query("begin"), undefined],
    ["a select that contains a keyword", parse("select 'commit'"), undefined],
    ["another message", Buffer.from("B\0\0\0\0insert"), undefined],
    ["nothing", Buffer.alloc(0), undefined],
  ])("recognizes %s", (_, chunk, expected) => {
    expect(recognizeStatement(chunk)).toBe(expected);
  });
});

describe("an armed fault", () => {
  const round = { part: "slack", step: "post", fault: "lost", nth: 1 } as const;

  it("meets the nth request of each function once, and counts", () => {
    const armed = new ArmedFault();
    armed.arm(round);
    const met = ["a", "a", "b", "a", "b"].map((name) => armed.meet("slack", "post", name) !== undefined);
    expect(met).toEqual([false, true, false, false, true]);
    expect(armed.hits).toBe(2);
  });

  it("of a hanging Postgres meets one function only: its transaction holds the emulator's session", () => {
    const armed = new ArmedFault();
    armed.arm({ part: "postgres", step: "commit", fault: "hang", nth: 0 });
    const met = ["a", "b", "a"].map((name) => armed.meet("postgres", "commit", name) !== undefined);
    expect(met).toEqual([true, false, false]);
  });

  it("meets no other part or step, and nothing before and after its round", () => {
    const armed = new ArmedFault();
    armed.meet("slack", "post", "a");
    armed.arm({ ...round, nth: 0 });
    expect(armed.meet("slack", "read", "a")).toBeUndefined();
    expect(armed.meet("github", "read", "a")).toBeUndefined();
    armed.disarm();
    expect(armed.hits).toBe(0);
    expect(armed.meet("slack", "post", "a")).toBeUndefined();
  });
});
