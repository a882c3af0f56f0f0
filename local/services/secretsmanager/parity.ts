import type { ParityNote } from '../../assembly/parity.ts';

const subject = 'secretsmanager';

/** How far the service follows AWS. */
export const secretsManagerParity: readonly ParityNote[] = [
  { subject, item: 'string secrets, versions and their stages, client tokens, deletion with a recovery window, random passwords', stance: 'enforced' },
  { subject, item: 'KmsKeyId, Tags, replicas', stance: 'inert', reason: 'secrets are kept in clear in the data folder of one machine' },
  { subject, item: 'filters and pages of ListSecrets', stance: 'inert', reason: 'every secret is listed at once' },
  { subject, item: 'SecretBinary, rotation', stance: 'refused', reason: 'the platform uses none' },
];
