import type { IncomingMessage, ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { DynamoDbFault } from './dynamodb-fault.ts';
import type { Members } from './engine.ts';

/** A call as it came over the wire. */
export interface WireCall {
  /** `PutItem` */
  readonly operation: string;
  readonly input: Members;
}

/** DynamoDB's own limit of a request. */
const mostBytes = 16 * 1024 * 1024;

const refuse = (statusCode: number, type: string, message: string): DynamoDbFault =>
  new DynamoDbFault(statusCode, { __type: `com.amazon.coral.service#${type}`, message }, message);

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = z.instanceof(Uint8Array).parse(chunk);
    bytes += part.length;
    if (bytes > mostBytes) throw refuse(413, 'RequestEntityTooLargeException', `the request is larger than ${mostBytes} bytes`);
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const parseMembers = (body: string): Members => {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(body));
  } catch (error) {
    const message = `the request body is not a JSON object (${body.length} characters)`;
    throw new DynamoDbFault(400, { __type: 'com.amazon.coral.service#SerializationException', message }, message, { cause: error });
  }
};

/** Reads a call of the AWS JSON protocol. Throws {@link DynamoDbFault}. */
export const readCall = async (request: IncomingMessage): Promise<WireCall> => {
  const target = String(request.headers['x-amz-target'] ?? '');
  const [api, operation] = target.split('.');
  const body = await readBody(request);
  if (api !== 'DynamoDB_20120810' || !operation) {
    throw refuse(400, 'UnknownOperationException', `X-Amz-Target is ${JSON.stringify(target)}, expected DynamoDB_20120810.<operation>`);
  }
  return { operation, input: parseMembers(body) };
};

/** Answers in the AWS JSON protocol, with the checksum that SDKs verify. */
export const answerCall = (response: ServerResponse, statusCode: number, requestId: string, members: Members): void => {
  const body = Buffer.from(JSON.stringify(members));
  response.writeHead(statusCode, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': body.length,
    'x-amz-crc32': String(crc32(body)),
    'x-amzn-requestid': requestId,
  });
  response.end(body);
};
