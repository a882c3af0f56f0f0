import { CodecError } from '../codec/codec-error.ts';
import { readCbor, type Shape, writeCbor } from '../codec/sdk-schema.ts';
import type { Protocol } from './protocol.ts';

const headers = (requestId: string): Record<string, string> => ({
  'content-type': 'application/cbor',
  'smithy-protocol': 'rpc-v2-cbor',
  'x-amzn-requestid': requestId,
});

const read = (shape: Shape, body: Buffer): unknown => {
  if (body.length === 0) return {};
  try {
    return readCbor(shape, body);
  } catch (cause) {
    throw new CodecError('the request body is not valid CBOR', { cause });
  }
};

/** Smithy RPC v2 CBOR: `POST /service/<Service>/operation/<Operation>`. https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html */
export const rpcCbor: Protocol = {
  locate: (request, sdk) => {
    const operation = sdk.operations.get(/\/operation\/([^/]+)$/.exec(request.path)?.[1] ?? '');
    return operation && { operation, readInput: () => (operation.input.isUnitSchema() ? {} : read(operation.input, request.body)) };
  },
  writeOutput: (operation, output, _sdk, requestId) => ({
    status: 200,
    headers: headers(requestId),
    body: operation.output.isUnitSchema() ? new Uint8Array() : writeCbor(output, operation.output),
  }),
  writeError: (error, _sdk, requestId) => ({
    status: error.statusCode,
    headers: {
      ...headers(requestId),
      ...(error.shape?.queryCode !== undefined && { 'x-amzn-query-error': `${error.shape.queryCode};${error.fault === 'client' ? 'Sender' : 'Receiver'}` }),
    },
    body: writeCbor({ __type: error.code, message: error.message }),
  }),
};
