import type { Permission } from '../../gateway/service.ts';
import { allowsService, type CallingService } from '../iam/policy/evaluate-policy.ts';
import { parsePolicy } from '../iam/policy/policy-document.ts';
import type { ObjectStore } from './objects/object-store.ts';
import { S3Error } from './s3-error.ts';

/** Throws AccessDenied unless the bucket's policy lets the service of AWS do this: a service has no policies of its own. */
export const requireBucketPolicy = (store: ObjectStore, bucket: string, service: CallingService, { action, resources }: Permission): void => {
  const policy = store.buckets.get(bucket)?.configurations['policy'];
  const statements = policy === undefined ? [] : parsePolicy(policy);
  if (resources.every((resource) => allowsService(statements, service, action, resource))) return;
  throw new S3Error('AccessDenied', 403, `${service.service} for ${service.sourceArn} is not authorized to perform ${action}: the policy of bucket ${bucket} does not allow it.`);
};
