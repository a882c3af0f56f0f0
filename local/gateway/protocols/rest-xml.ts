import { CodecError } from '../codec/codec-error.ts';
import { readXml, type Shape, writeXml } from '../codec/sdk-schema.ts';
import { type RestBody, rest } from './rest.ts';
import { xmlErrorResponse } from './xml-error.ts';

const read = (shape: Shape, body: Buffer): unknown => {
  try {
    return readXml(shape, body);
  } catch (cause) {
    throw new CodecError('the request body is not the XML that the operation takes', { cause });
  }
};

const xmlBody: RestBody = {
  contentType: 'text/xml',
  read,
  write: (shape, value, xmlNamespace) => `<?xml version="1.0" encoding="UTF-8"?>${writeXml(shape, value, xmlNamespace)}`,
  writesEmpty: false,
};

/** restXml: https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html */
export const restXml = rest(xmlBody, (error, sdk, requestId) => xmlErrorResponse(error, sdk?.xmlNamespace ?? '', requestId));
