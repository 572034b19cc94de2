/** What BigQuery says of when a resource was made and changed, milliseconds since 1970 as strings. */
export function created(): { creationTime: string; lastModifiedTime: string; etag: string } {
  return { creationTime: String(Date.now()), ...modified() };
}

/** The same of a change. */
export function modified(): { lastModifiedTime: string; etag: string } {
  const now = String(Date.now());
  return { lastModifiedTime: now, etag: Buffer.from(now).toString("base64") };
}
