import type { ParityNote } from '../../assembly/parity.ts';

const subject = 'ssm';

/** How far the service follows AWS. */
export const ssmParity: readonly ParityNote[] = [
  { subject, item: 'String and StringList parameters of the standard tier, versions, pages by path', stance: 'enforced' },
  { subject, item: 'Tier, AllowedPattern, Policies, Tags and DataType of PutParameter', stance: 'inert', reason: 'every parameter is text of the standard tier' },
  { subject, item: 'earlier versions and labels of parameters', stance: 'inert', reason: 'the newest version is read' },
  { subject, item: 'SecureString', stance: 'refused', reason: 'secrets are in Secrets Manager' },
];
