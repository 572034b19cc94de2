import { z } from "zod";
import { ConfigurationError } from "../../shared/configuration-error.ts";

/** The last day on which US federal systems may use SHA-1, https://www.nist.gov/news-events/news/2022/12/nist-retires-sha-1-cryptographic-algorithm */
const DEFAULT_END = "2030-12-31";
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Reads the last day on which SHA-1 is accepted from the variable WEBPACK_SHA1_UNTIL, YYYY-MM-DD.
 *
 * @returns the first moment (UTC) at which it is refused
 * @throws {ConfigurationError} if the value is no date
 */
export function readSha1End(value: string | undefined): Date {
  const date = z.iso.date().safeParse(value || DEFAULT_END);
  if (!date.success) throw new ConfigurationError("WEBPACK_SHA1_UNTIL must be a date, YYYY-MM-DD");
  return new Date(Date.parse(date.data) + DAY_MS);
}

/** The algorithms that a signature may use now. Pure. */
export function acceptedAlgorithms(sha1End: Date, now: Date): string[] {
  return now < sha1End ? ["sha256", "sha1"] : ["sha256"];
}
