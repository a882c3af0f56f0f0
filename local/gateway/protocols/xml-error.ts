import type { WireError, WireResponse } from './protocol.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text made safe for an XML element or attribute. */
const escapeXml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');

// Services that answer XML leave the suffix away where JSON services have it.
const xmlCodes: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  UnrecognizedClientException: 'InvalidClientTokenId',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  ExpiredTokenException: 'ExpiredToken',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  UnknownOperationException: 'InvalidAction',
  SerializationException: 'MalformedInput',
};

/** The code of an error where it is answered as XML. */
const xmlErrorCode = (error: WireError): string => error.shape?.queryCode ?? xmlCodes[error.code] ?? error.code;

/** `<ErrorResponse>`, as awsQuery and restXml have it. */
export const xmlErrorResponse = (error: WireError, xmlNamespace: string, requestId: string): WireResponse => ({
  status: error.statusCode,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
  body:
    `<?xml version="1.0"?><ErrorResponse${xmlNamespace === '' ? '' : ` xmlns="${xmlNamespace}"`}><Error>` +
    `<Type>${error.fault === 'client' ? 'Sender' : 'Receiver'}</Type><Code>${escapeXml(xmlErrorCode(error))}</Code>` +
    `<Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
});

/** `<Error>` alone, as S3 has it. */
export const bareXmlError = (error: WireError, requestId: string): WireResponse => ({
  status: error.statusCode,
  headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
  body:
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${escapeXml(xmlErrorCode(error))}</Code>` +
    `<Message>${escapeXml(error.message)}</Message><RequestId>${requestId}</RequestId></Error>`,
});
