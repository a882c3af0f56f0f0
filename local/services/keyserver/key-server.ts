import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { signedRequest } from '../../gateway/authentication/credential-scope.ts';
import { isSignedWith, sha256 } from '../../gateway/authentication/signature.ts';
import { closeServer, listenOn } from '../../gateway/listener.ts';
import { answerCpix, CpixRequestError } from './answer-cpix.ts';
import { contentKeys } from './content-keys.ts';

/** How a key server behaves: as it should, or in one of the ways in which they fail. */
export type KeyServerMode = 'well' | 'down' | 'garbage' | 'other keys to players';

/** What a key server is made with. */
export interface KeyServerOptions {
  /** From what keys are made. */
  readonly secret: string;
  /** @default 0, a free port */
  readonly port?: number;
  /** The secret access key of who may ask for keys; a request that is not signed with it is refused. @default any signed request is answered */
  readonly secretAccessKeyOf?: (accessKeyId: string) => string | undefined;
}

/** A request for keys that was answered. */
export interface AnsweredRequest {
  readonly document: string;
  readonly accessKeyId: string;
}

/** A key server in the style of the SPEKE reference server: keys for packagers, and keys for players. */
export interface KeyServer {
  /** Where packagers ask, by SPEKE version 1. */
  readonly url: string;
  readonly requests: readonly AnsweredRequest[];
  /** From now on. */
  behave(mode: KeyServerMode): void;
  close(): Promise<void>;
}

/** As the reference server has it. */
const copyProtectionPath = '/EkeStage/copyProtection';
const keyPath = /^\/EkeStage\/client\/([^/]+)\/([0-9a-fA-F-]{36})$/;
const mostBytes = 65_536;

// Only a browser asks where a page came from; keys are for every page.
const crossOrigin = { 'access-control-allow-origin': '*' };

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(Buffer.isBuffer(part) ? part : Buffer.from(String(part)));
    if (parts.reduce((sum, { length }) => sum + length, 0) > mostBytes) throw new CpixRequestError(`the body is larger than ${mostBytes} bytes`);
  }
  return Buffer.concat(parts).toString('utf8');
};

/** The access key of a request that is signed for API Gateway, as the gateway before a key server demands it. */
const signer = (request: IncomingMessage, body: string, secretAccessKeyOf: KeyServerOptions['secretAccessKeyOf']): string | undefined => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const signed = signedRequest(request, searchParams);
  if (signed?.service !== 'execute-api') return undefined;
  if (secretAccessKeyOf === undefined) return signed.accessKeyId;
  const secret = secretAccessKeyOf(signed.accessKeyId);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const isGenuine = secret !== undefined && isSignedWith(secret, signed, { method: request.method ?? '', path: pathname, query: searchParams, headers, payloadHash: sha256(body) });
  return isGenuine ? signed.accessKeyId : undefined;
};

/** Listens on 127.0.0.1. Rejects with what to do when the port is in use. */
export const startKeyServer = async ({ secret, port = 0, secretAccessKeyOf }: KeyServerOptions): Promise<KeyServer> => {
  const keys = contentKeys(secret);
  const otherKeys = contentKeys(`other than ${secret}`);
  const requests: AnsweredRequest[] = [];
  const state: { mode: KeyServerMode; origin: string } = { mode: 'well', origin: '' };
  const keyUrl = (contentId: string, keyId: string): string => `${state.origin}/EkeStage/client/${encodeURIComponent(contentId)}/${keyId}`;

  const answerPackager = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const document = await bodyOf(request);
    const accessKeyId = signer(request, document, secretAccessKeyOf);
    if (accessKeyId === undefined) {
      response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"Forbidden"}');
      return;
    }
    const answer = state.mode === 'garbage' ? '<html><body>Bad Gateway' : answerCpix(document, { keys, keyUrl });
    requests.push({ document, accessKeyId });
    response.writeHead(200, { 'content-type': 'application/xml', 'speke-user-agent': 'VisionStream local key server' }).end(answer);
  };

  const answerPlayer = (response: ServerResponse, contentId: string, keyId: string): void => {
    const source = state.mode === 'other keys to players' ? otherKeys : keys;
    response.writeHead(200, { ...crossOrigin, 'content-type': 'application/octet-stream', 'cache-control': 'no-store' }).end(source.keyOf(decodeURIComponent(contentId), keyId));
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [, contentId, keyId] = keyPath.exec(pathname) ?? [];
    if (state.mode === 'down') response.writeHead(503, { ...crossOrigin, 'content-length': 0 }).end();
    else if (request.method === 'POST' && pathname === copyProtectionPath) await answerPackager(request, response);
    else if (request.method === 'GET' && contentId !== undefined && keyId !== undefined) answerPlayer(response, contentId, keyId);
    else response.writeHead(404, { ...crossOrigin, 'content-length': 0 }).end();
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      request.resume();
      response.writeHead(error instanceof CpixRequestError ? 400 : 500, { 'content-type': 'text/plain' }).end(error instanceof Error ? error.message : '');
    });
  });
  state.origin = (await listenOn(server, port)).url;
  return {
    url: `${state.origin}${copyProtectionPath}`,
    requests,
    behave: (mode) => {
      state.mode = mode;
    },
    close: () => closeServer(server),
  };
};
