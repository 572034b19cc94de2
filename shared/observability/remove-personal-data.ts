/** Addresses of service accounts stay: errors of Google Cloud name the account that lacks a permission. */
const EMAIL = /[\w.%+-]+@(?![\w.-]*\.gserviceaccount\.com)(?:[a-z\d-]+\.)+[a-z]{2,}\b/gi;

/**
 * Drizzle appends a failed statement's parameters to the error's message: commit texts, Slack ids, e-mail addresses.
 */
const PARAMETERS = /\nparams:[\s\S]*$/;

/** Begins with one character, which the engine finds quickly; subjects such as `owner/name@sha` do not match. */
const EMAIL_DOMAIN = /@(?:[a-z\d-]+\.)+[a-z]{2}/i;

/** Whether a text, or JSON of it, may have an e-mail address. */
export function mayHaveEmail(text: string): boolean {
  return EMAIL_DOMAIN.test(text);
}

/** Replaces e-mail addresses in a text by `[email]`. */
export function removeEmails(text: string): string {
  return text.replace(EMAIL, "[email]");
}

/** Removes the parameters of SQL and e-mail addresses from an error's message. */
export function removePersonalData(message: string): string {
  return removeEmails(message.replace(PARAMETERS, ""));
}
