import { crc32, deflateRawSync } from "node:zlib";

/** The earliest moment that the format can say, 1980-01-01: the same files make the same archive. */
const DOS_DATE = 0x0021;
const DEFLATE = 8;
/** Version 2.0 of the format: what reads DEFLATE. */
const VERSION = 20;
/** Names are UTF-8. */
const UTF8 = 0x0800;

/**
 * Packs files into a zip archive, as Cloud Run functions take source code. The same contents give the same bytes.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16
 *
 * @param files contents by path; fewer than 65,536, each below 4 GB
 */
export function zip(files: Record<string, Buffer>): Buffer {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, contents] of Object.entries(files)) {
    const name = Buffer.from(path);
    const compressed = deflateRawSync(contents);
    const description = describe(name, contents, compressed);
    entries.push(Buffer.from("PK\x03\x04"), description, name, compressed);
    directory.push(centralHeader(description, offset), name);
    offset += 4 + description.length + name.length + compressed.length;
  }
  const index = Buffer.concat(directory);
  return Buffer.concat([...entries, index, endRecord(Object.keys(files).length, index.length, offset)]);
}

/** What the header of a file and its entry in the directory have in common. */
function describe(name: Buffer, contents: Buffer, compressed: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(UTF8, 2);
  fields.writeUInt16LE(DEFLATE, 4);
  fields.writeUInt16LE(DOS_DATE, 8);
  fields.writeUInt32LE(crc32(contents), 10);
  fields.writeUInt32LE(compressed.length, 14);
  fields.writeUInt32LE(contents.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function centralHeader(description: Buffer, offset: number): Buffer {
  const start = Buffer.from("PK\x01\x02\0\0", "latin1");
  start.writeUInt16LE(VERSION, 4);
  const end = Buffer.alloc(14);
  end.writeUInt32LE(offset, 10);
  return Buffer.concat([start, description, end]);
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.write("PK\x05\x06", "latin1");
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}
