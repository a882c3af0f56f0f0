import type { MetricSink } from '../../../runtime/ports.ts';

const namespace = 'AWS/MediaPackage';

type Dimensions = Readonly<Record<string, string>>;

/** Records bytes that an encoder put: of the account, the channel and the ingest endpoint. */
export const recordIngress = (metrics: MetricSink, channelId: string, ingestEndpointId: string, bytes: number, milliseconds: number): void => {
  const combinations: readonly Dimensions[] = [{}, { Channel: channelId }, { Channel: channelId, IngestEndpoint: ingestEndpointId }];
  for (const dimensions of combinations) metrics.record({ namespace, name: 'IngressBytes', dimensions, value: bytes, unit: 'Bytes' });
  for (const dimensions of combinations.slice(1)) metrics.record({ namespace, name: 'IngressResponseTime', dimensions, value: milliseconds, unit: 'Milliseconds' });
};

/** One answered request at the origin. */
export interface OriginRequest {
  /** Absent when the URL names no endpoint. */
  readonly channelId?: string;
  readonly endpointId?: string;
  readonly status: number;
  /** Of the body, as sent. */
  readonly bytes: number;
  readonly milliseconds: number;
}

/** Records one request at the origin, under every combination of dimensions that MediaPackage publishes. */
export const recordEgress = (metrics: MetricSink, { channelId, endpointId, status, bytes, milliseconds }: OriginRequest): void => {
  const channel: Dimensions = channelId === undefined ? {} : { Channel: channelId };
  const endpoint: Dimensions = endpointId === undefined ? {} : { ...channel, OriginEndpoint: endpointId };
  const places = [{}, ...(channelId === undefined ? [] : [channel]), ...(endpointId === undefined ? [] : [endpoint])];
  const range = { StatusCodeRange: `${Math.floor(status / 100)}xx` };
  for (const dimensions of places) {
    metrics.record({ namespace, name: 'EgressBytes', dimensions, value: bytes, unit: 'Bytes' });
    metrics.record({ namespace, name: 'EgressRequestCount', dimensions, value: 1, unit: 'Count' });
    metrics.record({ namespace, name: 'EgressRequestCount', dimensions: { ...dimensions, ...range }, value: 1, unit: 'Count' });
  }
  for (const dimensions of places.slice(1)) metrics.record({ namespace, name: 'EgressResponseTime', dimensions, value: milliseconds, unit: 'Milliseconds' });
};

/** Records for each of a channel's ingest endpoints whether an origin endpoint is packaged from it. */
export const recordActiveInput = (metrics: MetricSink, endpointId: string, ingestEndpointIds: readonly string[], active: number): void => {
  for (const [index, ingestEndpointId] of ingestEndpointIds.entries()) {
    metrics.record({ namespace, name: 'ActiveInput', dimensions: { IngestEndpoint: ingestEndpointId, OriginEndpoint: endpointId }, value: index === active ? 1 : 0, unit: 'None' });
  }
};
