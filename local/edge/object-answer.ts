import type { Clock } from '../runtime/clock.ts';
import type { CachedObject } from './cache/cached-object.ts';
import { isNotModified, requestedRange } from './cache/viewer-conditions.ts';
import { type EdgeAnswer, type EdgeResult, errorAnswer } from './edge-answer.ts';
import { type HeaderList, headerValue, replaceHeaders, withoutHeaders } from './header-list.ts';
import type { ViewerRequest } from './viewer-request.ts';

const ageHeader = (object: CachedObject, result: EdgeResult, now: number): HeaderList => {
  if (result === 'Miss' || object.status >= 400) return [];
  const received = Number(headerValue(object.headers, 'age') ?? 0);
  return [['Age', String(Math.floor((now - object.storedAt) / 1000) + received)]];
};

const wholeLength = async (object: CachedObject, isNeeded: boolean): Promise<number | undefined> => {
  const announced = headerValue(object.headers, 'content-length');
  if (announced !== undefined) return Number(announced);
  if (!isNeeded && !object.isComplete) return undefined;
  await object.completed();
  return object.bytes;
};

/** What a viewer gets of an object: all of it, a range, or word that its copy is current. */
export const answerFromObject = async (object: CachedObject, request: ViewerRequest, result: EdgeResult, clock: Clock): Promise<EdgeAnswer> => {
  const headers = replaceHeaders(object.headers, ageHeader(object, result, clock.now()));
  const { status } = object;
  if (status === 200 && isNotModified(request.headers, headers)) return { status: 304, headers: withoutHeaders(headers, ['content-length', 'content-type']), result };
  const length = await wholeLength(object, request.headers['range'] !== undefined);
  const range = status === 200 && length !== undefined && request.method === 'GET' ? requestedRange(request.headers, headers, length) : undefined;
  if (range === 'unsatisfiable') {
    const refused = errorAnswer(416, 'Error');
    return { ...refused, headers: [...refused.headers, ['Content-Range', `bytes */${length ?? 0}`]] };
  }
  if (range) {
    const part = replaceHeaders(headers, [['Content-Length', String(range.last - range.first + 1)], ['Content-Range', `bytes ${range.first}-${range.last}/${length ?? 0}`]]);
    return { status: 206, headers: part, body: object.read(range), result };
  }
  const whole = length === undefined ? headers : replaceHeaders(headers, [['Content-Length', String(length)]]);
  return { status, headers: whole, ...(request.method !== 'HEAD' && { body: object.read() }), result };
};
