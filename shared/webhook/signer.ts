/** What a sender adds to a body; each source's functions/<name>/sign.ts has a function of this type. */
export interface Unsigned {
  body: Buffer;
  secret: string;
  /** GitHub's X-GitHub-Event. */
  event?: string;
  /** The delivery's id, where the sender has one: GitHub. */
  id?: string;
  now?: Date;
}

/** @returns the headers with which the source's real sender would send the body */
export type Sign = (unsigned: Unsigned) => Record<string, string>;
