import { newestKeyName, nextKeyName } from './key-names.ts';
import type { KeySecret, SigningKeys } from './key-secret.ts';

/** A key's public half, as a stage's file names it. */
export interface NamedPublicKey {
  readonly id: string;
  readonly publicKey: string;
}

/** The stage's file, as far as its public keys of one kind go. */
export interface PublicKeyFile {
  publicKeys(): readonly NamedPublicKey[];
  write(keys: readonly NamedPublicKey[]): void;
}

/** What a rotation works on. */
export interface PublishedKeyRotation {
  readonly secret: KeySecret;
  readonly file: PublicKeyFile;
  /** Who verifies with the public halves. */
  readonly holder: 'CloudFront' | 'IVS';
  /** The names of the keys that it has. */
  readonly deployed: readonly string[];
  /** In PEM: RSA of 2048 bits for cookies, ECDSA on P-384 for Cam playback. */
  readonly newPair: () => { readonly publicKey: string; readonly privateKey: string };
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** How long functions go on with a secret that they read before, and edges with a key group. */
  readonly settlingMilliseconds: number;
  /** How long what is signed is good, at most. */
  readonly signedMilliseconds: number;
  readonly onProgress: (message: string) => void;
}

const addPair = async ({ secret, file, newPair, onProgress }: PublishedKeyRotation, kept: SigningKeys | undefined): Promise<void> => {
  const published = file.publicKeys();
  const name = nextKeyName([...Object.keys(kept?.keys ?? {}), ...published.map(({ id }) => id)]);
  const { publicKey, privateKey } = newPair();
  await secret.write({ signWith: kept?.signWith ?? name, keys: { ...kept?.keys, [name]: privateKey } });
  file.write([...published, { id: name, publicKey }]);
  const next = kept === undefined ? 'deploy the stage, and it signs. Run this again to replace it' : 'deploy the stage, then run this again';
  onProgress(`the stage's file has the new public key ${name}, the secret its private half: ${next}`);
};

const changeOver = async (rotation: PublishedKeyRotation, kept: SigningKeys, newest: string): Promise<void> => {
  const { secret, file, holder, sleep, settlingMilliseconds, signedMilliseconds, onProgress } = rotation;
  onProgress(`waiting ${Math.ceil(settlingMilliseconds / 1000)} s, until all of ${holder} knows ${newest}`);
  await sleep(settlingMilliseconds);
  await secret.write({ ...kept, signWith: newest });
  onProgress(`${newest} signs from now on; waiting ${Math.ceil((settlingMilliseconds + signedMilliseconds) / 1000)} s, until the last that older keys signed has expired`);
  await sleep(settlingMilliseconds + signedMilliseconds);
  await secret.write({ signWith: newest, keys: { [newest]: kept.keys[newest] ?? '' } });
  file.write(file.publicKeys().filter(({ id }) => id === newest));
  onProgress('older keys are out of the secret and of the stage\'s file: deploy the stage to retire them');
};

/**
 * Replaces the key that signs viewers' cookies, or playback tokens of Cam pipelines, so that at no moment good ones are refused.
 * Public keys are part of the stage, so a rotation is this command, a deployment, this command again, and a last deployment. It tells what is to be done
 * next; run again after a failure at any step, it goes on where it broke off.
 */
export const rotatePublishedKey = async (rotation: PublishedKeyRotation): Promise<void> => {
  const { file, holder, deployed, onProgress } = rotation;
  const kept = await rotation.secret.read();
  const published = file.publicKeys().map(({ id }) => id);
  const newest = newestKeyName(published.filter((id) => kept?.keys[id] !== undefined));
  const undeployed = published.filter((id) => !deployed.includes(id));
  if (kept !== undefined && newest !== undefined && undeployed.includes(newest)) {
    const isFirst = newest === kept.signWith;
    onProgress(`${holder} does not have ${newest} yet: deploy the stage${isFirst ? ', and it signs' : ', then run this again'}`);
    return;
  }
  const isUnfinished = kept !== undefined && newest !== undefined && (newest !== kept.signWith || Object.keys(kept.keys).length > 1 || published.length > 1);
  await (isUnfinished ? changeOver(rotation, kept, newest) : addPair(rotation, kept));
};
