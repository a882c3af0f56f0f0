import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Clock } from '../runtime/clock.ts';
import { authenticate } from './authentication/authenticate.ts';
import { type SignedRequest, signedRequest } from './authentication/credential-scope.ts';
import type { AccessControl } from './authentication/identities.ts';
import { sha256, type SignedParts } from './authentication/signature.ts';
import { callOperation } from './call-operation.ts';
import { describeSdk, type SdkDescription } from './codec/sdk-schema.ts';
import { closeServer, listenOn } from './listener.ts';
import { chooseProtocol } from './protocols/choose-protocol.ts';
import { jsonRpc } from './protocols/json-rpc.ts';
import type { WireRequest, WireResponse } from './protocols/protocol.ts';
import { bareXmlError } from './protocols/xml-error.ts';
import { flatHeaders, readBody } from './request-body.ts';
import type { CallContext, LocalService, Permission, Principal, RawService, SchemaService } from './service.ts';
import { ServiceFault } from './service-fault.ts';
import { targetPrefixes } from './target-prefixes.ts';
import { type GatewayLogger, wireError } from './wire-error.ts';

/** What the gateway is made of. */
export interface GatewayDependencies {
  readonly services: readonly LocalService[];
  readonly access: AccessControl;
  readonly clock: Clock;
  readonly logger: GatewayLogger;
  readonly accountId: string;
  /** The Region of calls whose signature names none. */
  readonly region: string;
  /** The longest body of a request that is read whole; S3 streams and has no limit here. @default 16 MiB */
  readonly bodyLimitBytes?: number;
}

/** The one HTTP listener to which every AWS SDK client on this machine speaks. */
export interface Gateway {
  /** Listens on 127.0.0.1; port 0 is a free one. Rejects when the port is in use. */
  listen(port?: number): Promise<{ readonly url: string }>;
  /** Stops listening, lets calls in flight end, and closes every connection. */
  close(): Promise<void>;
}

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly signed: SignedRequest | undefined;
}

const send = (response: ServerResponse, { status, headers, body }: WireResponse): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
};

const receive = (request: IncomingMessage, response: ServerResponse): Call => {
  const [path = '/', search = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const query = new URLSearchParams(search);
  return { request, response, requestId: randomUUID(), path, query, headers: flatHeaders(request), signed: signedRequest(request, query) };
};

/** Makes the gateway. Its services must not share a signing name. */
export const createGateway = (dependencies: GatewayDependencies): Gateway => {
  const { access, clock, logger, accountId, region, bodyLimitBytes = 16 * 1024 * 1024 } = dependencies;
  const services = new Map(dependencies.services.map((service) => [service.signingName, service]));
  const descriptions = new Map<string, SdkDescription>();

  const describe = (service: SchemaService): SdkDescription => {
    const description = descriptions.get(service.signingName) ?? describeSdk(service.sdk);
    descriptions.set(service.signingName, description);
    return description;
  };

  const contextOf = (call: Call, principal: Principal): CallContext => ({ principal, requestId: call.requestId, region: call.signed?.region ?? region, accountId });

  const authoriser = (principal: Principal) => (permission: Permission): void => {
    const denial = access.denial(principal, permission);
    if (denial !== undefined) throw new ServiceFault('AccessDeniedException', denial, 403);
  };

  const partsOf = (call: Call, payloadHash: string): SignedParts => ({ method: call.request.method ?? 'GET', path: call.path, query: call.query, headers: call.headers, payloadHash });

  const serveRaw = async (service: RawService, call: Call): Promise<void> => {
    const payloadHash = call.signed?.presigned ? 'UNSIGNED-PAYLOAD' : call.headers['x-amz-content-sha256'];
    const principal = authenticate(access, call.signed, payloadHash === undefined ? undefined : partsOf(call, payloadHash), clock.now());
    await service.handle(call.request, call.response, contextOf(call, principal), authoriser(principal));
  };

  const serveSchema = async (service: SchemaService, call: Call): Promise<void> => {
    const sdk = describe(service);
    const wireOf = (body: Buffer): WireRequest => ({ ...call, method: call.request.method ?? 'GET', body });
    const protocol = chooseProtocol(wireOf(Buffer.alloc(0)), sdk.protocol);
    try {
      const body = await readBody(call.request, bodyLimitBytes);
      const principal = authenticate(access, call.signed, partsOf(call, sha256(body)), clock.now());
      send(call.response, await callOperation(service, sdk, protocol, wireOf(body), contextOf(call, principal), authoriser(principal)));
    } catch (error) {
      send(call.response, protocol.writeError(wireError(error, sdk, logger, { service: service.signingName, requestId: call.requestId }), sdk, call.requestId));
    }
  };

  const serve = async (call: Call): Promise<void> => {
    const name = call.signed?.service ?? targetPrefixes.get(call.headers['x-amz-target']?.split('.')[0] ?? '') ?? '';
    const service = services.get(name);
    if (!service) throw new ServiceFault('UnknownServiceException', `no service "${name}" on this machine; there are ${[...services.keys()].join(', ')}`, 404);
    await (service.kind === 'raw' ? serveRaw(service, call) : serveSchema(service, call));
  };

  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 0 }, (request, response) => {
    const call = receive(request, response);
    serve(call).catch((error: unknown) => {
      const answer = wireError(error, undefined, logger, { path: call.path, requestId: call.requestId });
      const isJson = call.headers['x-amz-target'] !== undefined;
      send(response, isJson ? jsonRpc.writeError(answer, undefined, call.requestId) : bareXmlError(answer, call.requestId));
    });
  });

  return { listen: (port = 0) => listenOn(server, port), close: () => closeServer(server) };
};
