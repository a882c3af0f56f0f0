import { newestKeyName, nextKeyName } from './key-names.ts';
import type { KeySecret, SigningKeys } from './key-secret.ts';

/** A key's public half, as a stage's file names it. */
export interface NamedPublicKey {
  readonly id: string;
  readonly publicKey: string;
}

/** The stage's file, as far as cookies go. */
export interface CookieStageFile {
  publicKeys(): readonly NamedPublicKey[];
  write(keys: readonly NamedPublicKey[]): void;
}

/** What a rotation works on. */
export interface CookieKeyRotation {
  readonly secret: KeySecret;
  readonly file: CookieStageFile;
  /** The names of the keys that CloudFront has. */
  readonly deployed: readonly string[];
  /** RSA of 2048 bits, in PEM. */
  readonly newPair: () => { readonly publicKey: string; readonly privateKey: string };
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** How long functions go on with a secret that they read before, and edges with a key group. */
  readonly settlingMilliseconds: number;
  /** How long cookies are good, at most. */
  readonly cookieMilliseconds: number;
  readonly onProgress: (message: string) => void;
}

const addPair = async ({ secret, file, newPair, onProgress }: CookieKeyRotation, kept: SigningKeys | undefined): Promise<void> => {
  const published = file.publicKeys();
  const name = nextKeyName([...Object.keys(kept?.keys ?? {}), ...published.map(({ id }) => id)]);
  const { publicKey, privateKey } = newPair();
  await secret.write({ signWith: kept?.signWith ?? name, keys: { ...kept?.keys, [name]: privateKey } });
  file.write([...published, { id: name, publicKey }]);
  onProgress(`the stage's file has the new public key ${name}, the secret its private half: deploy the stage, then run this again`);
};

const changeOver = async (rotation: CookieKeyRotation, kept: SigningKeys, newest: string): Promise<void> => {
  const { secret, file, sleep, settlingMilliseconds, cookieMilliseconds, onProgress } = rotation;
  onProgress(`waiting ${Math.ceil(settlingMilliseconds / 1000)} s, until every edge knows ${newest}`);
  await sleep(settlingMilliseconds);
  await secret.write({ ...kept, signWith: newest });
  onProgress(`${newest} signs from now on; waiting ${Math.ceil((settlingMilliseconds + cookieMilliseconds) / 1000)} s, until the last cookie of older keys has expired`);
  await sleep(settlingMilliseconds + cookieMilliseconds);
  await secret.write({ signWith: newest, keys: { [newest]: kept.keys[newest] ?? '' } });
  file.write(file.publicKeys().filter(({ id }) => id === newest));
  onProgress('older keys are out of the secret and of the stage\'s file: deploy the stage to retire them');
};

/**
 * Replaces the key that signs viewers' cookies, so that at no moment good cookies are refused. CloudFront's keys are part of the
 * stage, so a rotation is this command, a deployment, this command again, and a last deployment. It tells what is to be done
 * next; run again after a failure at any step, it goes on where it broke off.
 */
export const rotateCookieKey = async (rotation: CookieKeyRotation): Promise<void> => {
  const { file, deployed, onProgress } = rotation;
  const kept = await rotation.secret.read();
  const published = file.publicKeys().map(({ id }) => id);
  const newest = newestKeyName(published.filter((id) => kept?.keys[id] !== undefined));
  const undeployed = published.filter((id) => !deployed.includes(id));
  if (kept !== undefined && newest !== undefined && undeployed.includes(newest)) {
    onProgress(`CloudFront does not have ${newest} yet: deploy the stage, then run this again`);
    return;
  }
  const isUnfinished = kept !== undefined && newest !== undefined && (newest !== kept.signWith || Object.keys(kept.keys).length > 1 || published.length > 1);
  await (isUnfinished ? changeOver(rotation, kept, newest) : addPair(rotation, kept));
};
