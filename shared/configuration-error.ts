/** A setting has an invalid value, or a secret has no value. The message names each of them. */
export class ConfigurationError extends Error {
  override name = "ConfigurationError";
}
