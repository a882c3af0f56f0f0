import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod';
import { calling } from '../service-faults.ts';

// A rotated key is known to all who verify long before it signs.
const keptMilliseconds = 10_000;

/** Reads a secret's JSON, at most every ten seconds. IAM: secretsmanager:GetSecretValue on the secret. @throws UnavailableError */
export const keptSecret = <Value>(client: SecretsManagerClient, SecretId: string, schema: z.ZodType<Value>, now: () => number): (() => Promise<Value>) => {
  let kept: { readonly value: Value; readonly until: number } | undefined;
  return async () => {
    if (kept !== undefined && now() < kept.until) return kept.value;
    const { SecretString = '' } = await calling('secretsmanager', () => client.send(new GetSecretValueCommand({ SecretId })));
    const value = schema.parse(JSON.parse(SecretString));
    kept = { value, until: now() + keptMilliseconds };
    return value;
  };
};
