import { digestAuthorization, type DigestCredentials } from '../../../media/http/digest.ts';

/** A MediaPackage ingest URL with its user: `…/in/v2/<guid>/<guid>/channel`. */
export interface IngestTarget extends DigestCredentials {
  readonly url: string;
}

/** Thrown when a packager does not take a file. */
export class IngestRefused extends Error {
  override readonly name = 'IngestRefused';
  readonly statusCode: number;

  constructor(statusCode: number, file: string) {
    super(`the packager answered ${statusCode} to ${file}`);
    this.statusCode = statusCode;
  }
}

const timeoutMilliseconds = 10_000;

/** Puts files at an ingest URL, with digest authentication. */
export class IngestClient {
  readonly #target: IngestTarget;
  #challenge: string | undefined;

  constructor(target: IngestTarget) {
    this.#target = target;
  }

  /** Puts `<url><suffix>`. Rejects with {@link IngestRefused}, or with what the network said. */
  async put(suffix: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
    const url = `${this.#target.url}${suffix}`;
    const first = await this.#send(url, body);
    const challenge = first.headers.get('www-authenticate');
    if (first.status === 401 && challenge !== null) this.#challenge = challenge;
    const response = first.status === 401 && challenge !== null ? await this.#send(url, body) : first;
    if (!response.ok) throw new IngestRefused(response.status, suffix);
  }

  async #send(url: string, body: Uint8Array<ArrayBuffer>): Promise<Response> {
    const authorization = this.#challenge === undefined ? {} : { authorization: digestAuthorization(this.#challenge, this.#target, 'PUT', new URL(url).pathname) };
    // Without a challenge yet, nothing is worth sending but the question.
    const response = await fetch(url, { method: 'PUT', body: this.#challenge === undefined ? new Uint8Array(0) : body, headers: authorization, signal: AbortSignal.timeout(timeoutMilliseconds) });
    await response.arrayBuffer();
    return response;
  }
}
