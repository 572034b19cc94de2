import { googleAuthLibrary } from "google-gax";

/** https://cloud.google.com/docs/authentication#scopes */
const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
/** A person may wait for the page that needs the response. */
const TIMEOUT_MS = 15_000;

interface GoogleApiRequest {
  method: "GET" | "POST";
  /** After the API's address, with a leading slash. */
  path: string;
  body?: unknown;
}

/** Sends requests to a REST API of Google as this process's account; to an emulator without an account. */
export class GoogleApi {
  readonly #url: string;
  readonly #emulatorUrl: string | undefined;
  readonly #auth = new googleAuthLibrary.GoogleAuth({ scopes: SCOPE });

  /**
   * @param url of the API, without a trailing slash
   * @param emulatorUrl takes its place
   */
  constructor(url: string, emulatorUrl: string | undefined) {
    this.#url = url;
    this.#emulatorUrl = emulatorUrl || undefined;
  }

  /** GOOGLE_CLOUD_PROJECT, or that of the account. */
  async getProject(): Promise<string> {
    return process.env.GOOGLE_CLOUD_PROJECT || (await this.#auth.getProjectId());
  }

  /** @returns the parsed response @throws the client's error for a response that is not 2xx, and without one */
  async request({ method, path, body }: GoogleApiRequest): Promise<unknown> {
    const client = this.#emulatorUrl
      ? new googleAuthLibrary.PassThroughClient()
      : await this.#auth.getClient();
    const { data } = await client.request({
      url: `${this.#emulatorUrl ?? this.#url}${path}`,
      method,
      timeout: TIMEOUT_MS,
      ...(body !== undefined && { data: body }),
    });
    return data;
  }
}
