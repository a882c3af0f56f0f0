import { type HeaderList, headerValue } from '../header-list.ts';
import type { ByteRange } from './cached-object.ts';

type RequestHeaders = Readonly<Record<string, string>>;

const weak = (tag: string): string => tag.trim().replace(/^W\//, '');

/** Whether the viewer's copy is still the object: If-None-Match decides, else If-Modified-Since. */
export const isNotModified = (request: RequestHeaders, headers: HeaderList): boolean => {
  const etag = headerValue(headers, 'etag');
  const noneMatch = request['if-none-match'];
  if (noneMatch !== undefined) return etag !== undefined && (noneMatch.trim() === '*' || noneMatch.split(',').some((tag) => weak(tag) === weak(etag)));
  const since = Date.parse(request['if-modified-since'] ?? '');
  const modified = Date.parse(headerValue(headers, 'last-modified') ?? '');
  return !Number.isNaN(since) && !Number.isNaN(modified) && modified <= since;
};

const conditionHolds = (ifRange: string | undefined, headers: HeaderList): boolean =>
  ifRange === undefined || ifRange === headerValue(headers, 'etag') || ifRange === headerValue(headers, 'last-modified');

/** The range that the viewer asks of a body of `length` bytes: undefined = the whole body, `unsatisfiable` = 416. Several ranges get the whole body. */
export const requestedRange = (request: RequestHeaders, headers: HeaderList, length: number): ByteRange | 'unsatisfiable' | undefined => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(request['range'] ?? '');
  if (!match || (match[1] === '' && match[2] === '') || !conditionHolds(request['if-range'], headers)) return undefined;
  const [, from = '', to = ''] = match;
  const first = from === '' ? Math.max(0, length - Number(to)) : Number(from);
  const last = from === '' || to === '' ? length - 1 : Math.min(Number(to), length - 1);
  if (first >= length) return 'unsatisfiable';
  // A last byte before the first makes the header invalid, and an invalid header is ignored.
  return first > last ? undefined : { first, last };
};
