import type { Clock } from '../../../runtime/clock.ts';
import type { RoleSessions } from '../../../runtime/ports.ts';
import { KeyProviderError, type KeyProvider } from './content-key.ts';
import { cpixRequest, type EncryptedContent } from './cpix-request.ts';
import { parseCpixResponse } from './cpix-response.ts';
import { signedHeaders } from './sign-request.ts';

/** A key server and how it is asked. */
export interface SpekeKeyServer extends EncryptedContent {
  readonly url: string;
  readonly roleArn: string;
}

/** What the client works with. */
export interface SpekeDependencies {
  readonly roles: RoleSessions;
  readonly clock: Clock;
}

/** How long a key server may take. */
const timeoutMilliseconds = 5000;

/** Far more than an answer with one key has. */
const mostCharacters = 262_144;

const reason = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  // The runtime's own message says no more than that it failed.
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
};

const reached = async (url: URL, request: RequestInit): Promise<{ readonly status: number; readonly text: string }> => {
  try {
    const response = await fetch(url, { ...request, method: 'POST', redirect: 'manual', signal: AbortSignal.timeout(timeoutMilliseconds) });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    throw new KeyProviderError(`the key server ${url.origin} did not answer: ${reason(cause)}`, { cause });
  }
};

const headersFor = (url: URL, body: string, { roleArn }: SpekeKeyServer, { roles, clock }: SpekeDependencies): Readonly<Record<string, string>> => {
  try {
    return signedHeaders(url, body, roles.assume(roleArn, 'mediapackage.amazonaws.com', 'mediapackage-speke'), clock.now());
  } catch (cause) {
    throw new KeyProviderError(reason(cause), { cause });
  }
};

/**
 * Asks a key server for keys in SPEKE version 1: a CPIX document, posted with the credentials of the endpoint's role.
 * https://docs.aws.amazon.com/speke/latest/documentation/the-speke-api.html
 */
export const spekeClient = (server: SpekeKeyServer, dependencies: SpekeDependencies): KeyProvider => ({
  fetchKey: async (request) => {
    const url = new URL(server.url);
    const body = cpixRequest(server, request);
    const { status, text } = await reached(url, { headers: headersFor(url, body, server, dependencies), body });
    if (status !== 200) throw new KeyProviderError(`the key server ${url.origin} answered ${status} to the request for the key ${request.keyId}`);
    if (text.length > mostCharacters) throw new KeyProviderError(`the key server ${url.origin} answered ${text.length} characters, expected at most ${mostCharacters}`);
    return parseCpixResponse(text, request.keyId, server.systemId);
  },
});
