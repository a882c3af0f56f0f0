import { createHash } from 'node:crypto';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { StreamNames, StreamNameVault } from '../../domain/breakouts/stream-names.ts';
import { calling } from '../service-faults.ts';

const secretSchema = z.object({ schemaVersion: z.literal(1), inputs: z.record(z.string(), z.array(z.string())) });

const secretString = (inputs: StreamNames): string => JSON.stringify({ schemaVersion: 1, inputs });

/** Two who write names for the same inputs at once use the same token with other values: the second is refused and reads the first's. */
const tokenOf = (breakoutId: string, names: StreamNames): string =>
  createHash('sha256').update(`${breakoutId} ${Object.keys(names).sort().join(' ')}`).digest('hex');

/**
 * One secret `<prefix><breakoutId>` a breakout. IAM: secretsmanager:GetSecretValue, CreateSecret and PutSecretValue on
 * `<prefix>*`.
 */
export const secretsManagerStreamNameVault = (client: SecretsManagerClient, prefix: string): StreamNameVault => {
  const read = async (SecretId: string): Promise<StreamNames | undefined> => {
    try {
      const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
      return secretSchema.parse(JSON.parse(SecretString)).inputs;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  };
  const write = async (name: string, ClientRequestToken: string, names: StreamNames, isNew: boolean): Promise<StreamNames | undefined> => {
    const value = { ClientRequestToken, SecretString: secretString(names) };
    try {
      if (isNew) await client.send(new CreateSecretCommand({ Name: name, ...value }));
      else await client.send(new PutSecretValueCommand({ SecretId: name, ...value }));
      return names;
    } catch (error) {
      if (error instanceof ResourceExistsException) return read(name);
      throw error;
    }
  };
  return {
    keep: (breakoutId, proposed) =>
      calling('secretsmanager', async () => {
        const name = `${prefix}${breakoutId}`;
        const known = await read(name);
        const missing = Object.keys(proposed).filter((inputId) => known?.[inputId] === undefined);
        if (known !== undefined && missing.length === 0) return known;
        const names = { ...proposed, ...known };
        const kept = await write(name, tokenOf(breakoutId, names), names, known === undefined);
        if (kept === undefined) throw new Error(`secret ${name} was deleted while it was written: try again`);
        return kept;
      }),
  };
};
