import type { HlsEncryption } from '@aws-sdk/client-mediapackage';
import type { ParityNote } from '../../../assembly/parity.ts';
import { honoured, oneOf, type PropertyRules } from '../../../media/declared-properties.ts';

const provider = 'HlsPackage.Encryption.SpekeKeyProvider';

/** What an endpoint may declare of encryption in local mode. */
export const encryptionProperties: PropertyRules = {
  'HlsPackage.Encryption.EncryptionMethod': oneOf('AES_128'),
  'HlsPackage.Encryption.KeyRotationIntervalSeconds': honoured,
  'HlsPackage.Encryption.RepeatExtXKey': honoured,
  'HlsPackage.Encryption.ConstantInitializationVector': honoured,
  [`${provider}.ResourceId`]: honoured,
  [`${provider}.RoleArn`]: honoured,
  [`${provider}.SystemIds`]: honoured,
  [`${provider}.Url`]: honoured,
};

/** What of encryption cannot be had on one machine, and what differs from AWS. */
export const encryptionParity = (subject: string): readonly ParityNote[] => [
  { subject, item: 'DashPackage.Encryption, MssPackage.Encryption, CmafPackage.Encryption, SAMPLE_AES', stance: 'refused', reason: 'nothing on this machine could play it: they need Widevine, PlayReady or FairPlay' },
  { subject, item: `${provider}.CertificateArn, EncryptionContractConfiguration`, stance: 'refused', reason: 'keys are asked for in the clear, in SPEKE version 1' },
  { subject, item: 'execute-api:Invoke of the role that asks a key server', stance: 'inert', reason: 'requests are signed with the role\'s credentials; whether they may call is for the key server to say' },
];

/** What is wrong with an endpoint's encryption, as the service says it. */
export const encryptionProblems = ({ ConstantInitializationVector: vector, KeyRotationIntervalSeconds: rotation = 0, SpekeKeyProvider: server }: HlsEncryption): readonly string[] => {
  const at = 'HlsPackage.Encryption';
  const isUrl = URL.canParse(server?.Url ?? '') && /^https?:$/.test(new URL(server?.Url ?? '').protocol);
  return [
    ...(vector === undefined || /^[0-9a-fA-F]{32}$/.test(vector) ? [] : [`${at}.ConstantInitializationVector ${JSON.stringify(vector)}: allowed are 32 hexadecimal digits`]),
    ...(rotation >= 0 ? [] : [`${at}.KeyRotationIntervalSeconds ${rotation}: allowed are 0 (never) and more`]),
    ...(isUrl ? [] : [`${at}.SpekeKeyProvider.Url ${JSON.stringify(server?.Url)}: allowed is the URL of a key server`]),
    ...(server?.SystemIds?.length === 1 ? [] : [`${at}.SpekeKeyProvider.SystemIds: allowed is one, got ${server?.SystemIds?.length ?? 0}`]),
    ...(server?.RoleArn?.startsWith('arn:') === true ? [] : [`${at}.SpekeKeyProvider.RoleArn ${JSON.stringify(server?.RoleArn)}: allowed is the ARN of a role`]),
    ...(server?.ResourceId === undefined || server.ResourceId === '' ? [`${at}.SpekeKeyProvider.ResourceId is missing`] : []),
  ];
};
