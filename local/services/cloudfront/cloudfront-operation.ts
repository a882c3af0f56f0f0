import type * as cloudfront from '@aws-sdk/client-cloudfront';
import type { Operations } from '../../gateway/define-service.ts';
import type { Operation } from '../../gateway/service.ts';

/** Some of CloudFront's operations. */
export type CloudFrontOperations = Operations<typeof cloudfront>;

/** An operation that asks for one permission, `cloudfront:<name>`, on the given resources. */
export const cloudFrontOperation = <Input, Output>(
  name: string,
  resources: (input: NoInfer<Input>) => readonly string[],
  handle: (input: NoInfer<Input>) => NoInfer<Output> | Promise<NoInfer<Output>>,
): Operation<Input, Output> => ({
  permissions: (input) => [{ action: `cloudfront:${name}`, resources: resources(input) }],
  handle,
});

/** Resources of an operation that has no resource-level permission. */
export const anyResource = (): readonly string[] => ['*'];
