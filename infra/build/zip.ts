import { zipSync } from "fflate";

/**
 * The earliest date of the format: the same files make the same archive, whenever they are built.
 * A DOS time has no time zone, so the date is a local one.
 */
const MTIME = new Date(1980, 0, 1);

/**
 * Packs files into a zip archive, the form in which Cloud Run functions take source code. The same contents give the same bytes.
 *
 * @param files contents by path
 */
export function zip(files: Record<string, Uint8Array>): Buffer {
  return Buffer.from(zipSync(files, { mtime: MTIME }));
}
