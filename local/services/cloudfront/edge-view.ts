import type { EdgeConfiguration, EdgeFunction } from '../../edge/edge-configuration.ts';
import type { KeyValueData } from '../cloudfront-keyvaluestore/key-value-data.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { CloudFrontState, FunctionRecord, FunctionStageRecord } from './cloudfront-state.ts';
import { servedConfig } from './distributions/distribution-view.ts';
import { findCachePolicy, findOriginRequestPolicy, findResponseHeadersPolicy } from './policies/policy-lookup.ts';

const storeId = (stage: FunctionStageRecord): string | undefined => stage.config.KeyValueStoreAssociations?.Items?.[0]?.KeyValueStoreARN?.split('/').at(-1);

const edgeFunction = (record: FunctionRecord, live: FunctionStageRecord, data: KeyValueData): EdgeFunction => {
  const id = storeId(live);
  return {
    name: record.name,
    etag: live.etag,
    code: Buffer.from(live.code, 'base64').toString('utf8'),
    ...(id !== undefined && { store: { id, get: (key: string) => data.atEdge(id, key), count: () => data.countAtEdge(id) } }),
  };
};

/** The control plane's state as edge locations have it. A function is one object as long as its published code stays. */
export const createEdgeView = (state: CloudFrontState, data: KeyValueData, clock: Clock): EdgeConfiguration => {
  const functions = new Map<string, EdgeFunction>();
  return {
    distribution: (id) => {
      const record = state.distributions.get(id);
      return record && { id, domainName: record.domainName, config: servedConfig(record, clock.now()) };
    },
    cachePolicy: (id) => findCachePolicy(state, id),
    originRequestPolicy: (id) => findOriginRequestPolicy(state, id),
    responseHeadersPolicy: (id) => findResponseHeadersPolicy(state, id),
    trustedKey: (groupIds, keyPairId) => {
      const isTrusted = groupIds.some((id) => state.keyGroups.get(id)?.config.Items?.includes(keyPairId));
      return isTrusted ? state.publicKeys.get(keyPairId)?.config.EncodedKey : undefined;
    },
    originAccessControl: (id) => state.originAccessControls.get(id)?.config,
    liveFunction: (arn) => {
      const record = state.functions.get(arn.slice(arn.indexOf('/') + 1));
      if (!record?.live) return undefined;
      const known = functions.get(record.name);
      if (known?.etag === record.live.etag) return known;
      const fresh = edgeFunction(record, record.live, data);
      functions.set(record.name, fresh);
      return fresh;
    },
  };
};
