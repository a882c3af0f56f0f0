import type { Method } from '@aws-sdk/client-api-gateway';
import type { ApiDefinition, ApiResource, ApiStage } from '../api-definition.ts';

/** A request as it arrived. */
export interface GatewayRequest {
  readonly method: string;
  /** Without the query, as sent: `/v1/events/evt_1`. */
  readonly path: string;
  readonly query: string;
  /** In order, with the names as sent. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** What is sent back. */
export interface GatewayReply {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** The method that a request is for. */
export interface Route {
  readonly resource: ApiResource;
  readonly method: Method;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** One request on its way through a stage. */
export interface Exchange {
  readonly request: GatewayRequest;
  readonly stage: ApiStage;
  readonly definition: ApiDefinition;
  /** Without the stage: `/events/evt_1`. */
  readonly path: string;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** `$context` variables that templates and the access log can name. */
  readonly variables: Map<string, string>;
}

/** Every value of a header, whatever the case of its name. */
export const headerValues = ({ headers }: Pick<GatewayRequest, 'headers'>, name: string): string[] =>
  headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);

/** Query parameters as given, in order, decoded. */
export const queryPairs = ({ query }: Pick<GatewayRequest, 'query'>): [string, string][] => [...new URLSearchParams(query)];
