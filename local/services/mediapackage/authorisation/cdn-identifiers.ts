import type { Authorization } from '@aws-sdk/client-mediapackage';
import { DescribeSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import type { Clock } from '../../../runtime/clock.ts';
import type { RoleSessions } from '../../../runtime/ports.ts';

/** What identifiers are read with. */
export interface CdnIdentifierDependencies {
  readonly roles: RoleSessions;
  readonly clock: Clock;
  /** How long what was read is used before it is read again. AWS says that a change is recognised within ten minutes. */
  readonly refreshMilliseconds: number;
}

/** Reads the identifiers that an endpoint accepts. */
export interface CdnIdentifiers {
  /** The values of AWSCURRENT and AWSPREVIOUS. Rejects with what is in the way: the role, a permission, the secret or its shape. */
  accepted(authorization: Authorization): Promise<readonly string[]>;
}

/** https://docs.aws.amazon.com/mediapackage/latest/ug/cdn-auth-setup.html */
const secretShape = z.object({ MediaPackageCDNIdentifier: z.string().min(8).max(128) });

/** "Either the current value in Secrets Manager or one version back." https://docs.aws.amazon.com/mediapackage/latest/ug/cdn-auth-rotate.html */
const acceptedStages = ['AWSCURRENT', 'AWSPREVIOUS'];

const jsonOf = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    // The parser's own message would tell a part of the secret.
    return undefined;
  }
};

const parseSecret = (secretId: string, text: string | undefined): string => {
  const parsed = secretShape.safeParse(jsonOf(text));
  if (!parsed.success) throw new Error(`the secret ${secretId} is not {"MediaPackageCDNIdentifier": "<8 to 128 characters>"}`);
  return parsed.data.MediaPackageCDNIdentifier;
};

const readIdentifiers = async (client: SecretsManagerClient, secretId: string): Promise<readonly string[]> => {
  const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: secretId }));
  const versions = Object.entries(VersionIdsToStages).filter(([, stages]) => stages.some((stage) => acceptedStages.includes(stage)));
  return Promise.all(
    versions.map(async ([VersionId]) => parseSecret(secretId, (await client.send(new GetSecretValueCommand({ SecretId: secretId, VersionId }))).SecretString)),
  );
};

/** Reads with the credentials of the endpoint's role, and keeps what was read for a while. A failure is not kept. */
export const cdnIdentifiers = ({ roles, clock, refreshMilliseconds }: CdnIdentifierDependencies): CdnIdentifiers => {
  const known = new Map<string, { readonly values: Promise<readonly string[]>; readonly until: number }>();
  const read = async (role: string, secret: string): Promise<readonly string[]> => {
    const client = new SecretsManagerClient({ ...roles.assume(role, 'mediapackage.amazonaws.com', 'mediapackage-cdn-authorization') });
    try {
      return await readIdentifiers(client, secret);
    } finally {
      client.destroy();
    }
  };
  return {
    accepted: async ({ CdnIdentifierSecret = '', SecretsRoleArn = '' }) => {
      const key = `${SecretsRoleArn} ${CdnIdentifierSecret}`;
      const found = known.get(key);
      if (found !== undefined && clock.now() < found.until) return found.values;
      const values = read(SecretsRoleArn, CdnIdentifierSecret);
      known.set(key, { values, until: clock.now() + refreshMilliseconds });
      try {
        return await values;
      } catch (error) {
        if (known.get(key)?.values === values) known.delete(key);
        throw error;
      }
    },
  };
};
