/** A payload and the values that a sender signs or sends in headers. */
export interface Unsigned {
  body: Buffer;
  secret: string;
  /** X-GitHub-Event, GitHub only. */
  event?: string;
  /** Id of the delivery, GitHub only. */
  id?: string;
  now?: Date;
}

/** Makes the headers that the source's sender would send with the body; each functions/<source>/sign.ts exports one. */
export type Sign = (unsigned: Unsigned) => Record<string, string>;
