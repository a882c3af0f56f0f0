import type * as sdk from '@aws-sdk/client-ivs';
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import type { Operations } from '../../../gateway/define-service.ts';
import { arnOf, idOf, randomLetters } from '../arns.ts';
import { nameFrom, tagsFrom } from '../checks.ts';
import { onResource, resourceOf, type ControlPlane } from '../control-plane.ts';
import { conflict, invalid, overQuota } from '../faults.ts';
import { quotas } from '../limits.ts';
import { pageOf } from '../page-of.ts';
import type { KeyPairRecord } from '../records.ts';

/** Operations on playback key pairs: the public halves of what tokens are signed with. */
export const keyPairOperations = ({ records, owner }: ControlPlane): Operations<typeof sdk> => {
  const summary = ({ id, name, tags }: KeyPairRecord) => ({ arn: arnOf(owner, 'playback-key', id), name, tags: { ...tags } });
  const shown = (pair: KeyPairRecord) => ({ ...summary(pair), fingerprint: pair.fingerprint });
  const existing = (arn: string): KeyPairRecord => resourceOf(records.keyPairs, 'playback-key', arn);

  return {
    ImportPlaybackKeyPair: {
      permissions: (_, caller) => [{ action: 'ivs:ImportPlaybackKeyPair', resources: [arnOf(caller, 'playback-key')] }],
      handle: ({ publicKeyMaterial, name, tags }) => {
        const key = readPublicKey(publicKeyMaterial);
        const all = [...records.keyPairs.values()];
        const fingerprint = fingerprintOf(key);
        if (all.some((pair) => pair.fingerprint === fingerprint)) throw conflict(`a key pair with the fingerprint ${fingerprint} is imported already`);
        if (all.length >= quotas.playbackKeyPairs) throw overQuota('playback key pairs', quotas.playbackKeyPairs);
        const pair = { id: randomLetters(12), name: nameFrom(name), publicKey: key.export({ type: 'spki', format: 'pem' }).toString(), fingerprint, tags: tagsFrom(tags) };
        records.keyPairs.put(pair.id, pair);
        return { keyPair: shown(pair) };
      },
    },
    GetPlaybackKeyPair: { permissions: onResource('GetPlaybackKeyPair'), handle: ({ arn }) => ({ keyPair: shown(existing(arn)) }) },
    ListPlaybackKeyPairs: {
      permissions: (_, caller) => [{ action: 'ivs:ListPlaybackKeyPairs', resources: [arnOf(caller, 'playback-key')] }],
      handle: (page) => {
        const { items, next } = pageOf([...records.keyPairs.values()], page);
        return { keyPairs: items.map(summary), ...next };
      },
    },
    DeletePlaybackKeyPair: {
      permissions: onResource('DeletePlaybackKeyPair'),
      handle: ({ arn }) => {
        existing(arn);
        records.keyPairs.delete(idOf(arn));
        return {};
      },
    },
  };
};

const curve = 'secp384r1';

const readPublicKey = (material: string): KeyObject => {
  const key = parsed(material);
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== curve) throw invalid('publicKeyMaterial is not of an ECDSA key on the curve P-384: make one with openssl ecparam -name secp384r1 -genkey');
  return key;
};

const parsed = (material: string): KeyObject => {
  // A private half would make a public key, too: it must never come here.
  if (material.includes('PRIVATE KEY')) throw invalid('publicKeyMaterial is a private key: import the public half alone');
  try {
    return createPublicKey(material);
  } catch {
    throw invalid('publicKeyMaterial is not a public key in PEM');
  }
};

/** MD5 of the key's DER, in pairs of digits. */
const fingerprintOf = (key: KeyObject): string => {
  const digest = createHash('md5').update(key.export({ type: 'spki', format: 'der' })).digest('hex');
  return [...digest.matchAll(/../g)].map(([pair]) => pair).join(':');
};
