import type { Shape } from '../codec/sdk-schema.ts';
import { readHttpMembers } from './http-input.ts';
import { bodyMembers, outputHeaders, outputStatus, payloadMember } from './http-output.ts';
import type { Protocol, WireRequest, WireResponse } from './protocol.ts';
import { matchRoute, type RouteMatch } from './route-table.ts';

/** How a REST protocol writes bodies. */
export interface RestBody {
  readonly contentType: string;
  read(shape: Shape, body: Buffer): unknown;
  write(shape: Shape, value: object, xmlNamespace: string): string;
  /** Whether a body without any member is still written. */
  readonly writesEmpty: boolean;
}

const asObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

const readPayload = (member: Shape, request: WireRequest, body: RestBody): unknown => {
  if (request.body.length === 0) return undefined;
  if (member.isBlobSchema()) return new Uint8Array(request.body);
  if (member.isStringSchema()) return request.body.toString('utf8');
  return body.read(member, request.body);
};

const readInput = (request: WireRequest, match: RouteMatch, body: RestBody): object => {
  const { input } = match.operation;
  const payload = payloadMember(input);
  if (payload) {
    const value = readPayload(payload[1], request, body);
    return { ...(value !== undefined && { [payload[0]]: value }), ...readHttpMembers(request, match) };
  }
  const members = request.body.length > 0 && input.isStructSchema() ? asObject(body.read(input, request.body)) : {};
  return { ...members, ...readHttpMembers(request, match) };
};

const writePayload = (member: Shape, value: unknown, body: RestBody, xmlNamespace: string): Pick<WireResponse, 'headers' | 'body'> => {
  if (value instanceof Uint8Array) return { headers: { 'content-type': 'application/octet-stream' }, body: value };
  if (typeof value === 'string') return { headers: { 'content-type': 'text/plain' }, body: value };
  if (typeof value !== 'object' || value === null) return { headers: {}, body: '' };
  return { headers: { 'content-type': body.contentType }, body: body.write(member, value, xmlNamespace) };
};

const writeBody = (shape: Shape, output: object, body: RestBody, xmlNamespace: string): Pick<WireResponse, 'headers' | 'body'> => {
  if (shape.isUnitSchema()) return { headers: {}, body: '' };
  const payload = payloadMember(shape);
  if (payload) return writePayload(payload[1], new Map<string, unknown>(Object.entries(output)).get(payload[0]), body, xmlNamespace);
  const members = bodyMembers(shape, output);
  if (!body.writesEmpty && Object.keys(members).length === 0) return { headers: {}, body: '' };
  return { headers: { 'content-type': body.contentType }, body: body.write(shape, members, xmlNamespace) };
};

/** A REST protocol over the given body format. */
export const rest = (body: RestBody, writeError: Protocol['writeError']): Protocol => ({
  locate: (request, sdk) => {
    const match = matchRoute(request, sdk);
    return match && { operation: match.operation, readInput: () => readInput(request, match, body) };
  },
  writeOutput: ({ output: shape, http }, output, sdk, requestId) => {
    const written = writeBody(shape, output, body, sdk.xmlNamespace);
    return {
      status: outputStatus(shape, output) ?? http?.[2] ?? 200,
      headers: { ...written.headers, ...outputHeaders(shape, output), 'x-amzn-requestid': requestId },
      body: written.body,
    };
  },
  writeError,
});
