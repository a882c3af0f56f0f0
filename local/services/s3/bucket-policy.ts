import type { Permission } from '../../gateway/service.ts';
import { allowsService, type CallingService, deniesPrincipal } from '../iam/policy/evaluate-policy.ts';
import { parsePolicy } from '../iam/policy/policy-document.ts';
import type { ObjectStore } from './objects/object-store.ts';
import { S3Error } from './s3-error.ts';

/**
 * Services that write with a role of their own, which AWS gives what it needs: a bucket's policy can only take it away.
 * https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/security-iam-service-linked-roles.html
 */
const linkedRoles: Readonly<Record<string, string>> = { 'ivs.amazonaws.com': 'AWSServiceRoleForIVSRecordToS3' };

const linkedRoleArn = ({ service, sourceArn }: CallingService): string | undefined => {
  const role = linkedRoles[service];
  return role === undefined ? undefined : `arn:aws:iam::${sourceArn.split(':')[4] ?? ''}:role/aws-service-role/${service}/${role}`;
};

/** Throws AccessDenied unless the service of AWS may do this: by the bucket's policy, or by a role of its own that the policy does not keep out. */
export const requireBucketPolicy = (store: ObjectStore, bucket: string, service: CallingService, { action, resources }: Permission): void => {
  const policy = store.buckets.get(bucket)?.configurations['policy'];
  const statements = policy === undefined ? [] : parsePolicy(policy);
  const role = linkedRoleArn(service);
  if (role !== undefined) {
    if (!resources.some((resource) => deniesPrincipal(statements, role, action, resource))) return;
    throw new S3Error('AccessDenied', 403, `User: ${role} is not authorized to perform: ${action} on resource: ${resources.join(', ')} with an explicit deny in a resource-based policy`);
  }
  if (resources.every((resource) => allowsService(statements, service, action, resource))) return;
  throw new S3Error('AccessDenied', 403, `${service.service} for ${service.sourceArn} is not authorized to perform ${action}: the policy of bucket ${bucket} does not allow it.`);
};
