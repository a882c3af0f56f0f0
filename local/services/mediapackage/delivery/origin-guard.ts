import type { IncomingHttpHeaders } from 'node:http';
import type { EndpointRecord } from '../endpoint-record.ts';

/** What a request shows of who sends it. */
export interface OriginVisitor {
  readonly headers: IncomingHttpHeaders;
  /** The address that the request came from. */
  readonly address: string;
}

/** Decides who may read from an endpoint. Every request passes it, before anything of the endpoint's content is looked at. */
export interface OriginGuard {
  /** Whether the visitor may read. Rejects when that cannot be found out: the request is then answered with 500. */
  admits(endpoint: EndpointRecord, visitor: OriginVisitor): Promise<boolean>;
}
