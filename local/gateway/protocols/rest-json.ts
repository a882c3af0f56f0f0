import { parseJson, readJson } from '../codec/json-input.ts';
import { writeJson } from '../codec/json-output.ts';
import { errorMembers } from './json-error.ts';
import { outputHeaders } from './http-output.ts';
import { type RestBody, rest } from './rest.ts';

const names = { jsonName: true };

const jsonBody: RestBody = {
  contentType: 'application/json',
  read: (shape, body) => readJson(shape, parseJson(body), names),
  write: (shape, value) => JSON.stringify(writeJson(shape, value, names)),
  writesEmpty: true,
};

/** restJson1: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export const restJson = rest(jsonBody, (error, _sdk, requestId) => ({
  status: error.statusCode,
  headers: {
    'content-type': 'application/json',
    'x-amzn-errortype': error.code,
    'x-amzn-requestid': requestId,
    ...(error.shape && outputHeaders(error.shape.shape, error.members)),
  },
  body: JSON.stringify(errorMembers(error, names)),
}));
