import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallContext, Permission } from '../../../gateway/service.ts';
import { S3Error } from '../s3-error.ts';
import { escapeXml, xmlDocument, type XmlContent } from './xml.ts';

/** A request to S3, addressed in path style. */
export interface S3Request {
  readonly method: string;
  /** Empty for requests to the account. */
  readonly bucket: string;
  /** Empty for requests to the bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly http: IncomingMessage;
  readonly context: CallContext;
  readonly authorise: (permission: Permission) => void;
}

/** An answer of S3. */
export interface S3Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const largestDocument = 1024 * 1024;

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new S3Error('InvalidURI', 400, `Couldn't parse the specified URI: ${part}`);
  }
};

/** Takes apart an HTTP request. @throws S3Error InvalidURI */
export const parseRequest = (http: IncomingMessage, context: CallContext, authorise: S3Request['authorise']): S3Request => {
  const [path = '/', query = ''] = (http.url ?? '/').split('?', 2);
  const [bucket = '', ...key] = path.slice(1).split('/');
  return { method: http.method ?? 'GET', bucket: decoded(bucket), key: decoded(key.join('/')), query: new URLSearchParams(query), http, context, authorise };
};

/** Reads a small body, such as a configuration. @throws S3Error when it is larger than S3's own limit for such */
export const readDocument = async ({ http }: S3Request): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of http) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > largestDocument) throw new S3Error('EntityTooLarge', 400, 'Your proposed upload exceeds the maximum allowed object size.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

/** An XML answer. */
export const xmlAnswer = (root: string, content: XmlContent): S3Answer => ({ status: 200, headers: { 'content-type': 'application/xml' }, body: xmlDocument(root, content) });

/** Asks for the permission on a bucket itself, or on an object of it. */
export const permit = ({ authorise, bucket, key }: S3Request, action: string, on: 'bucket' | 'object'): void =>
  authorise({ action: `s3:${action}`, resources: [on === 'bucket' ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/${key}`] });

/** Sends an answer. A HEAD request gets no body. */
export const sendAnswer = (response: ServerResponse, { status, headers = {}, body = '' }: S3Answer, requestId: string, isHead: boolean): void => {
  response.writeHead(status, { ...(status !== 204 && { 'content-length': String(Buffer.byteLength(body)) }), ...headers, 'x-amz-request-id': requestId });
  response.end(isHead ? undefined : body);
};

/** The answer that tells of an error. */
export const errorAnswer = (error: S3Error, resource: string, requestId: string): S3Answer => ({
  status: error.status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message><Resource>${escapeXml(resource)}</Resource><RequestId>${requestId}</RequestId></Error>`,
});
