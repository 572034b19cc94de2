import { closeSync, openSync, readSync } from "node:fs";

const CHUNK_BYTES = 1 << 22;
const NEWLINE = 0x0a;

/** Reads a file line by line. A text of the whole file may be longer than V8 allows. */
export function* readLines(file: string): Iterable<string> {
  const fd = openSync(file, "r");
  try {
    let rest: Buffer = Buffer.alloc(0);
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk)) {
      const text = Buffer.concat([rest, chunk.subarray(0, read)]);
      let start = 0;
      for (let end = text.indexOf(NEWLINE); end >= 0; end = text.indexOf(NEWLINE, start)) {
        yield text.toString("utf8", start, end);
        start = end + 1;
      }
      rest = text.subarray(start);
    }
    if (rest.length > 0) yield rest.toString("utf8");
  } finally {
    closeSync(fd);
  }
}
