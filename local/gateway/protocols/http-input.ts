import { membersOf, type Shape } from '../codec/sdk-schema.ts';
import { readText } from '../codec/text-value.ts';
import type { WireRequest } from './protocol.ts';
import type { RouteMatch } from './route-table.ts';

const readList = (shape: Shape, texts: readonly string[], path: string): unknown[] => texts.map((text) => readText(shape.getValueSchema(), text, path));

const readHeader = (member: Shape, name: string, header: string): unknown =>
  member.isListSchema() ? readList(member, header.split(/\s*,\s*/), name) : readText(member, header, name);

const readQuery = (member: Shape, name: string, query: URLSearchParams): unknown => {
  const texts = query.getAll(name);
  if (member.isListSchema()) return readList(member, texts, name);
  return readText(member, texts[0] ?? '', name);
};

const prefixed = (headers: WireRequest['headers'], prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(prefix.toLowerCase()))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );

const readQueryMap = (member: Shape, query: URLSearchParams, boundNames: ReadonlySet<string>): Record<string, unknown> =>
  Object.fromEntries(
    [...new Set(query.keys())]
      .filter((name) => !boundNames.has(name))
      .map((name) => [name, member.getValueSchema().isListSchema() ? query.getAll(name) : query.get(name)]),
  );

const readBound = (member: Shape, name: string, request: WireRequest, match: RouteMatch, boundNames: ReadonlySet<string>): unknown => {
  const { httpLabel, httpQuery, httpHeader, httpPrefixHeaders, httpQueryParams } = member.getMergedTraits();
  if (httpLabel === 1) return readText(member, match.labels.get(name) ?? '', name);
  if (httpQuery !== undefined) return request.query.has(httpQuery) ? readQuery(member, httpQuery, request.query) : undefined;
  if (httpPrefixHeaders !== undefined) return prefixed(request.headers, httpPrefixHeaders);
  if (httpQueryParams === 1) return readQueryMap(member, request.query, boundNames);
  const header = request.headers[httpHeader?.toLowerCase() ?? ''];
  return header === undefined ? undefined : readHeader(member, name, header);
};

/** Whether a member travels outside the body. */
const isBound = (member: Shape): boolean => {
  const { httpLabel, httpQuery, httpHeader, httpPrefixHeaders, httpQueryParams } = member.getMergedTraits();
  return httpLabel === 1 || httpQueryParams === 1 || [httpQuery, httpHeader, httpPrefixHeaders].some((name) => name !== undefined);
};

/** The members of an input that travel in path, query and headers. Throws `CodecError` when one is not of its type. */
export const readHttpMembers = (request: WireRequest, match: RouteMatch): Record<string, unknown> => {
  const members = membersOf(match.operation.input);
  const boundNames = new Set(members.map(([, member]) => member.getMergedTraits().httpQuery).filter((name) => name !== undefined));
  const bound = members.filter(([, member]) => isBound(member)).map(([name, member]) => [name, readBound(member, name, request, match, boundNames)] as const);
  return Object.fromEntries(bound.filter(([, value]) => value !== undefined));
};
