import { GetSecretValueCommand, PutSecretValueCommand, ResourceNotFoundException, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { Identifier, OriginSecret } from './rotate-origin-secret.ts';

const secretSchema = z.object({ MediaPackageCDNIdentifier: z.string().min(8).max(128) });

/** The identifiers in a secret of Secrets Manager. */
export const secretsManagerSecret = (client: SecretsManagerClient, secretId: string): OriginSecret => {
  const read = async (stage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<Identifier> => {
    const { SecretString = '', CreatedDate } = await client.send(new GetSecretValueCommand({ SecretId: secretId, VersionStage: stage }));
    return { value: secretSchema.parse(JSON.parse(SecretString)).MediaPackageCDNIdentifier, createdAt: CreatedDate?.getTime() ?? Date.now() };
  };
  return {
    accepted: async () => {
      const current = await read('AWSCURRENT');
      try {
        return [current, await read('AWSPREVIOUS')];
      } catch (error) {
        // A secret that was never changed has no version before.
        if (error instanceof ResourceNotFoundException) return [current];
        throw error;
      }
    },
    put: async (value) => {
      await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: JSON.stringify({ MediaPackageCDNIdentifier: value }) }));
    },
  };
};
