import { formTree, readForm } from '../codec/form-input.ts';
import { type OperationShape, writeXml } from '../codec/sdk-schema.ts';
import type { Protocol, WireRequest } from './protocol.ts';
import { xmlErrorResponse } from './xml-error.ts';

const parameters = (request: WireRequest): URLSearchParams => (request.method === 'GET' ? request.query : new URLSearchParams(request.body.toString('utf8')));

// The SDK's codec writes a document with a root of its own name; the query protocol calls it <Operation>Result.
const result = (operation: OperationShape, output: object): string => {
  if (operation.output.isUnitSchema()) return '';
  const inner = /^<[^>]*[^/]>(.*)<\/[^<]*>$/s.exec(writeXml(operation.output, output, ''))?.[1] ?? '';
  return `<${operation.name}Result>${inner}</${operation.name}Result>`;
};

/** awsQuery: a form with `Action`, answered in XML. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const query: Protocol = {
  locate: (request, sdk) => {
    const form = parameters(request);
    const operation = sdk.operations.get(form.get('Action') ?? '');
    return operation && { operation, readInput: () => readForm(operation.input, formTree(form)) };
  },
  writeOutput: (operation, output, sdk, requestId) => ({
    status: 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body:
      `<${operation.name}Response xmlns="${sdk.xmlNamespace}">${result(operation, output)}` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation.name}Response>`,
  }),
  writeError: (error, sdk, requestId) => xmlErrorResponse(error, sdk?.xmlNamespace ?? '', requestId),
};
