import { generateKeyPairSync } from 'node:crypto';
import type { StageConfigurationInput } from '../../../lib/config/stage-configuration.ts';

/** A pair of keys as the rotation makes them, in PEM. */
export const aKeyPair = (): { readonly publicKey: string; readonly privateKey: string } =>
  generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });

/** What a stage says of delivery whose player and edge share `stage.test`. */
export const aCookieDelivery = (keys: Readonly<Record<string, string>>): NonNullable<StageConfigurationInput['delivery']> => ({
  viewerScheme: 'http',
  domainName: 'live.stage.test',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012',
  cookies: { domain: 'stage.test', webOrigins: ['http://www.stage.test'], keys: Object.entries(keys).map(([id, publicKey]) => ({ id, publicKey })) },
});
