import * as cloudfront from '@aws-sdk/client-cloudfront';
import { defineService } from '../../gateway/define-service.ts';
import type { SchemaService } from '../../gateway/service.ts';
import type { CloudFrontWorld } from './cloudfront-world.ts';
import { distributionOperations } from './distributions/distribution-operations.ts';
import { functionOperations } from './functions/function-operations.ts';
import { keyValueStoreOperations } from './key-value-store-operations.ts';
import { keyOperations } from './keys/key-operations.ts';
import { policyOperations } from './policies/policy-operations.ts';
import { tagOperations } from './tags.ts';

/** CloudFront's control plane: distributions, functions, key value stores, keys and policies. */
export const createCloudFrontService = (world: CloudFrontWorld): SchemaService =>
  defineService('cloudfront', cloudfront, {
    ...distributionOperations(world),
    ...functionOperations(world),
    ...keyOperations(world),
    ...keyValueStoreOperations(world),
    ...policyOperations(world),
    ...tagOperations(world),
  });
