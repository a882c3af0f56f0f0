import { queryParameters, requestCookies, type ViewerRequest } from '../viewer-request.ts';

interface EventValue {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
}

const grouped = (pairs: readonly (readonly [string, string])[]): Record<string, EventValue> => {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(
    [...values].map(([name, all]) => [name, all.length === 1 ? { value: all[0] ?? '' } : { value: all[0] ?? '', multiValue: all.map((value) => ({ value })) }]),
  );
};

/** What a run of a function is told beside the request. */
export interface FunctionContext {
  readonly distributionDomainName: string;
  readonly distributionId: string;
  readonly requestId: string;
}

/** The event of a viewer request. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html */
export const viewerRequestEvent = (context: FunctionContext, request: ViewerRequest): object => ({
  version: '1.0',
  context: { ...context, eventType: 'viewer-request' },
  viewer: { ip: request.ip },
  request: {
    method: request.method,
    uri: request.uri,
    querystring: grouped(queryParameters(request.query)),
    headers: grouped(Object.entries(request.headers).filter(([name]) => name !== 'cookie')),
    cookies: grouped(requestCookies(request.headers)),
  },
});
