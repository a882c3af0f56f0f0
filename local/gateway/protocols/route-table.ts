import { CodecError } from '../codec/codec-error.ts';
import type { OperationShape, SdkDescription } from '../codec/sdk-schema.ts';
import type { WireRequest } from './protocol.ts';

interface Route {
  readonly operation: OperationShape;
  readonly method: string;
  readonly pattern: RegExp;
  readonly staticQuery: readonly (readonly [string, string])[];
  readonly literalLength: number;
}

/** A route that matches a request, with the labels of its path decoded. */
export interface RouteMatch {
  readonly operation: OperationShape;
  readonly labels: ReadonlyMap<string, string>;
}

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const pathPattern = (path: string): RegExp => {
  const parts = path.split(/(\{[^}]+\})/).map((part) => {
    const label = /^\{(\w+)(\+?)\}$/.exec(part);
    if (!label) return literal(part);
    return `(?<${label[1] ?? ''}>${label[2] === '+' ? '.+' : '[^/]+'})`;
  });
  return new RegExp(`^${parts.join('').replace(/\/$/, '')}/?$`);
};

const routeOf = (operation: OperationShape): Route[] => {
  if (!operation.http) return [];
  const [method, uri] = operation.http;
  const [path = '/', query = ''] = uri.split('?');
  return [{ operation, method, pattern: pathPattern(path), staticQuery: [...new URLSearchParams(query)], literalLength: path.replaceAll(/\{[^}]+\}/g, '').length }];
};

// The most specific route wins: fixed query parameters first, then the longest fixed text.
const bySpecificity = (left: Route, right: Route): number => right.staticQuery.length - left.staticQuery.length || right.literalLength - left.literalLength;

const decoded = (label: string, value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch (cause) {
    throw new CodecError(`${label}: "${value}" is not percent-encoded UTF-8`, { cause });
  }
};

const tables = new WeakMap<SdkDescription, readonly Route[]>();

const tableOf = (sdk: SdkDescription): readonly Route[] => {
  const table = tables.get(sdk) ?? [...sdk.operations.values()].flatMap(routeOf).sort(bySpecificity);
  tables.set(sdk, table);
  return table;
};

/** Finds the REST operation that a request asks for. Throws `CodecError` when a label is not percent-encoded UTF-8. */
export const matchRoute = (request: WireRequest, sdk: SdkDescription): RouteMatch | undefined => {
  for (const { operation, method, pattern, staticQuery } of tableOf(sdk)) {
    if (method !== request.method) continue;
    if (staticQuery.some(([name, value]) => !request.query.has(name) || (value !== '' && request.query.get(name) !== value))) continue;
    const match = pattern.exec(request.path);
    if (match) return { operation, labels: new Map(Object.entries(match.groups ?? {}).map(([label, value]) => [label, decoded(label, value)])) };
  }
  return undefined;
};
