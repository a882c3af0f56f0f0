import { parseJson, readJson } from '../codec/json-input.ts';
import { writeJson } from '../codec/json-output.ts';
import { errorMembers } from './json-error.ts';
import type { Protocol, WireError } from './protocol.ts';

const names = { jsonName: false };

const queryErrorHeader = (error: WireError): Record<string, string> => {
  const code = error.shape?.queryCode;
  return code === undefined ? {} : { 'x-amzn-query-error': `${code};${error.fault === 'client' ? 'Sender' : 'Receiver'}` };
};

/** awsJson 1.0 and 1.1: `X-Amz-Target: <service>.<Operation>` and a JSON body. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export const jsonRpc: Protocol = {
  locate: (request, sdk) => {
    const operation = sdk.operations.get(request.headers['x-amz-target']?.split('.').at(-1) ?? '');
    return operation && { operation, readInput: () => readJson(operation.input, operation.input.isUnitSchema() ? '' : parseJson(request.body), names) };
  },
  writeOutput: (operation, output, sdk, requestId) => ({
    status: 200,
    headers: { 'content-type': contentType(sdk.protocol), 'x-amzn-requestid': requestId },
    body: operation.output.isUnitSchema() ? '{}' : JSON.stringify(writeJson(operation.output, output, names)),
  }),
  // AWS answers 400 for what REST services answer 403.
  writeError: (error, sdk, requestId) => ({
    status: error.statusCode === 403 && !error.shape ? 400 : error.statusCode,
    headers: { 'content-type': contentType(sdk?.protocol ?? ''), 'x-amzn-requestid': requestId, ...queryErrorHeader(error) },
    body: JSON.stringify({ __type: error.code, ...errorMembers(error, names) }),
  }),
};

const contentType = (protocol: string): string => (protocol === 'awsJson1_0' ? 'application/x-amz-json-1.0' : 'application/x-amz-json-1.1');
