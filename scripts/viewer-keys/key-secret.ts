import { CreateSecretCommand, GetSecretValueCommand, PutSecretValueCommand, ResourceNotFoundException, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';

const secretSchema = z.object({ signWith: z.string() }).catchall(z.string());

/** Keys by their names, and which of them signs. */
export interface SigningKeys {
  readonly signWith: string;
  readonly keys: Readonly<Record<string, string>>;
}

/** A secret that holds signing keys. */
export interface KeySecret {
  /** Undefined = there is no such secret yet. */
  read(): Promise<SigningKeys | undefined>;
  write(keys: SigningKeys): Promise<void>;
}

/** The keys in a secret of Secrets Manager; writing makes the secret where there is none. */
export const secretsManagerKeySecret = (client: SecretsManagerClient, secretId: string): KeySecret => ({
  async read() {
    try {
      const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
      const { signWith, ...keys } = secretSchema.parse(JSON.parse(SecretString));
      return { signWith, keys };
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  },
  async write({ signWith, keys }) {
    const SecretString = JSON.stringify({ signWith, ...keys });
    try {
      await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString }));
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      await client.send(new CreateSecretCommand({ Name: secretId, SecretString }));
    }
  },
});
