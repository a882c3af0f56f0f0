import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import type { ClientSettings } from '../runtime/ports.ts';
import type { SecretReader } from './template/dynamic-references.ts';

const jsonSecret = z.record(z.string(), z.unknown());

/** Reads what templates refer to in Secrets Manager, through its own API. */
export const secretReader = (settings: ClientSettings): SecretReader => {
  const client = new SecretsManagerClient({ ...settings });
  return async ({ secretId, jsonKey, versionStage, versionId }) => {
    const { SecretString = '' } = await client.send(
      new GetSecretValueCommand({ SecretId: secretId, ...(versionStage !== undefined && { VersionStage: versionStage }), ...(versionId !== undefined && { VersionId: versionId }) }),
    );
    if (jsonKey === undefined) return SecretString;
    const value = jsonSecret.parse(JSON.parse(SecretString))[jsonKey];
    if (typeof value !== 'string') throw new Error(`the secret ${secretId} has no key ${jsonKey}`);
    return value;
  };
};
