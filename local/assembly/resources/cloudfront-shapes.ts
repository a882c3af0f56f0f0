import { z } from 'zod';

const record = z.record(z.string(), z.unknown());

/** Lists of CloudFormation as the API's `{Quantity, Items}`, at every depth. */
const withQuantities = (value: unknown): unknown => {
  if (Array.isArray(value)) return { Quantity: value.length, Items: value.map(withQuantities) };
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withQuantities(item)]));
};

const renamed = (value: Record<string, unknown>, names: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [names[key] ?? key, item]));

const originOf = (origin: unknown): unknown => {
  const { OriginCustomHeaders = [], CustomOriginConfig, ...rest } = record.parse(origin);
  const custom = CustomOriginConfig === undefined ? {} : { CustomOriginConfig: withDefaultPorts(record.parse(CustomOriginConfig)) };
  return withQuantities({ OriginPath: '', ...rest, ...custom, CustomHeaders: OriginCustomHeaders });
};

const withDefaultPorts = (config: Record<string, unknown>): Record<string, unknown> => ({
  HTTPPort: 80,
  HTTPSPort: 443,
  ...renamed(config, { OriginSSLProtocols: 'OriginSslProtocols' }),
});

const behaviourOf = (behaviour: unknown): unknown => {
  const { AllowedMethods = ['GET', 'HEAD'], CachedMethods = ['GET', 'HEAD'], TrustedKeyGroups, ...rest } = record.parse(behaviour);
  const { Quantity, Items } = z.object({ Quantity: z.number(), Items: z.array(z.string()) }).parse(withQuantities(AllowedMethods));
  const trust = TrustedKeyGroups === undefined ? {} : { TrustedKeyGroups: { Enabled: true, ...list(TrustedKeyGroups) } };
  return { ...record.parse(withQuantities(rest)), ...trust, AllowedMethods: { Quantity, Items, CachedMethods: withQuantities(CachedMethods) } };
};

const list = (value: unknown, itemOf: (item: unknown) => unknown = withQuantities): { Quantity: number; Items: unknown[] } => {
  const items = z.array(z.unknown()).parse(value ?? []);
  return { Quantity: items.length, Items: items.map(itemOf) };
};

/** CloudFormation's DistributionConfig as the API's: lists with quantities, the API's names, and what CloudFormation fills in. */
export const distributionConfigOf = (config: unknown, callerReference: string): unknown => {
  const { Origins, DefaultCacheBehavior, CacheBehaviors, Aliases, Logging, ViewerCertificate, IPV6Enabled, Comment = '', ...rest } = record.parse(config);
  return {
    ...record.parse(withQuantities(rest)),
    CallerReference: callerReference,
    Comment,
    Origins: list(Origins, originOf),
    DefaultCacheBehavior: behaviourOf(DefaultCacheBehavior),
    CacheBehaviors: list(CacheBehaviors, behaviourOf),
    Aliases: list(Aliases),
    ...(Logging !== undefined && { Logging: { IncludeCookies: false, Prefix: '', ...record.parse(Logging), Enabled: true } }),
    ...(ViewerCertificate !== undefined && {
      ViewerCertificate: renamed(record.parse(ViewerCertificate), { AcmCertificateArn: 'ACMCertificateArn', SslSupportMethod: 'SSLSupportMethod' }),
    }),
    ...(IPV6Enabled !== undefined && { IsIPV6Enabled: IPV6Enabled }),
  };
};

/** A cache, origin request or response headers policy as the API takes it. */
export const policyConfigOf = (config: unknown): unknown => withQuantities(config);
