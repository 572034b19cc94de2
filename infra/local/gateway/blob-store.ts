import { fstatSync, openSync, readSync, writeSync } from "node:fs";

/** Where a blob is. */
export interface BlobReference {
  offset: number;
  bytes: number;
}

/**
 * Appends blobs to a file and reads them by offset: payloads of 25 MB need not stay in memory. Without a file they do.
 */
export class BlobStore {
  readonly #fd: number | undefined;
  readonly #inMemory = new Map<number, Buffer>();
  #end = 0;

  constructor(file?: string) {
    if (file === undefined) return;
    this.#fd = openSync(file, "a+");
    this.#end = fstatSync(this.#fd).size;
  }

  append(blob: Buffer): BlobReference {
    const reference = { offset: this.#end, bytes: blob.length };
    if (this.#fd === undefined) this.#inMemory.set(reference.offset, blob);
    else for (let done = 0; done < blob.length; ) done += writeSync(this.#fd, blob, done);
    // An empty blob takes a byte too, so that no two have one offset.
    this.#end += this.#fd === undefined ? Math.max(blob.length, 1) : blob.length;
    return reference;
  }

  /** @param limit reads at most this many bytes from the beginning */
  read({ offset, bytes }: BlobReference, limit = bytes): Buffer {
    const length = Math.min(bytes, limit);
    if (this.#fd === undefined) return (this.#inMemory.get(offset) ?? Buffer.alloc(0)).subarray(0, length);
    const blob = Buffer.alloc(length);
    let done = 0;
    while (done < length) {
      const read = readSync(this.#fd, blob, done, length - done, offset + done);
      // The process was killed before the blob was complete.
      if (read === 0) return blob.subarray(0, done);
      done += read;
    }
    return blob;
  }

  /** Frees a blob that is in memory. */
  forget({ offset }: BlobReference) {
    this.#inMemory.delete(offset);
  }
}
