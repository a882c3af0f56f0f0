import { MalformedPolicyDocumentException } from '@aws-sdk/client-iam';
import { z } from 'zod';
import { isIdentityPolicy, parsePolicy } from './policy/policy-document.ts';

const reason = (error: unknown): string => (error instanceof z.ZodError ? z.prettifyError(error) : String(error));

const parse = (json: string): ReturnType<typeof parsePolicy> => {
  try {
    return parsePolicy(json);
  } catch (cause) {
    throw new MalformedPolicyDocumentException({ message: `The policy document is not valid: ${reason(cause)}`, $metadata: {} });
  }
};

/** Throws `MalformedPolicyDocumentException` unless it is the JSON of a policy for an identity. */
export const checkIdentityPolicy = (json: string): void => {
  if (!isIdentityPolicy(parse(json))) {
    throw new MalformedPolicyDocumentException({ message: 'Policy statement must contain resources and no principals.', $metadata: {} });
  }
};

/** Throws `MalformedPolicyDocumentException` unless it is the JSON of a role's trust policy. */
export const checkTrustPolicy = (json: string): void => {
  if (parse(json).some(({ Principal, Resource }) => !Principal || Resource)) {
    throw new MalformedPolicyDocumentException({ message: 'A trust policy must name principals and no resources.', $metadata: {} });
  }
};
