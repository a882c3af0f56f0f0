import { camInputMatcher, camOutputMatcher } from './cam-rates.ts';
import { conversionAudioMatcher, conversionMatcher } from './conversion-rates.ts';
import { functionInvocationMatcher, requestMatcher, storeReadMatcher, transferMatcher } from './delivery-rates.ts';
import { ingestMatcher, originationMatcher } from './packaging-rates.ts';
import type { RateCriteria } from './rate-criteria.ts';
import type { PricedService } from './rate.ts';
import { storageMatcher, storageWriteMatcher } from './storage-rates.ts';
import { idleChannelMatcher, idleInputMatcher, inputMatcher, outputMatcher } from './streaming-rates.ts';

/** How the Price List tells the SKU of a kind of criteria from all others. */
export interface RateMatcher {
  readonly service: PricedService;
  /**
   * The usage type without its Region's code, which differs in place and alphabet from service to service.
   * The Region itself is matched by the attribute `regionCode`.
   */
  readonly usageType: RegExp;
  /** Words that these attributes must hold where the list has them. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Attributes that must have exactly these values. */
  readonly requiredAttributes?: Readonly<Record<string, string>>;
  /** Units of the list that the quantity is in, lower case. */
  readonly units: readonly string[];
}

/** What is looked for on the list by criteria: a function of them alone. */
export const matcherOf = (criteria: RateCriteria): RateMatcher => {
  switch (criteria.kind) {
    case 'live-input':
      return inputMatcher(criteria);
    case 'live-output':
      return outputMatcher(criteria);
    case 'idle-channel':
      return idleChannelMatcher;
    case 'idle-input':
      return idleInputMatcher;
    case 'live-ingest':
      return ingestMatcher;
    case 'live-origination':
      return originationMatcher;
    case 'edge-transfer':
      return transferMatcher(criteria);
    case 'edge-requests':
      return requestMatcher(criteria);
    case 'edge-function-invocations':
      return functionInvocationMatcher;
    case 'edge-store-reads':
      return storeReadMatcher;
    case 'conversion':
      return conversionMatcher(criteria);
    case 'conversion-audio':
      return conversionAudioMatcher;
    case 'storage':
      return storageMatcher(criteria);
    case 'storage-writes':
      return storageWriteMatcher;
    case 'cam-input':
      return camInputMatcher(criteria);
    case 'cam-output':
      return camOutputMatcher(criteria);
  }
};
