import type { Origin } from '@aws-sdk/client-cloudfront';

/** Where an origin is reached. */
export interface OriginAddress {
  readonly protocol: 'http:' | 'https:';
  readonly hostname: string;
  readonly port: number;
  /** The Host header. */
  readonly host: string;
}

/** An origin of this machine has its port in the domain name and is reached without TLS; others by the protocol policy (viewers count as HTTPS). */
export const originAddress = (origin: Origin): OriginAddress => {
  const domainName = origin.DomainName ?? '';
  const local = /^([^:]+):(\d+)$/.exec(domainName);
  if (local) return { protocol: 'http:', hostname: local[1] ?? '', port: Number(local[2]), host: domainName };
  const custom = origin.CustomOriginConfig;
  return custom?.OriginProtocolPolicy === 'http-only'
    ? { protocol: 'http:', hostname: domainName, port: custom.HTTPPort ?? 80, host: domainName }
    : { protocol: 'https:', hostname: domainName, port: custom?.HTTPSPort ?? 443, host: domainName };
};
