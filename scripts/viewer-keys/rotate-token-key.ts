import { newestKeyName, nextKeyName } from './key-names.ts';
import type { KeySecret, SigningKeys } from './key-secret.ts';

/** The keys by which edges verify tokens. */
export interface EdgeKeys {
  put(name: string, key: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** What a rotation works on. */
export interface TokenKeyRotation {
  readonly secret: KeySecret;
  readonly edge: EdgeKeys;
  /** At least 43 characters that nobody can guess. */
  readonly newKey: () => string;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** How long functions go on with a secret that they read before, and edges with a store. */
  readonly settlingMilliseconds: number;
  /** How long a token is good, at most. */
  readonly tokenMilliseconds: number;
  readonly onProgress: (message: string) => void;
}

const required = async (secret: KeySecret): Promise<SigningKeys> => {
  const kept = await secret.read();
  if (kept === undefined) throw new Error('there is no secret of signing keys: deploy the stage first');
  return kept;
};

/** A newest key that does not sign yet: a new one, or the one that a rotation which broke off left behind. */
const withNextKey = async ({ secret, newKey, onProgress }: TokenKeyRotation, kept: SigningKeys): Promise<SigningKeys> => {
  if (newestKeyName(Object.keys(kept.keys)) !== kept.signWith) {
    onProgress('a rotation has broken off here: going on with its key');
    return kept;
  }
  const name = nextKeyName(Object.keys(kept.keys));
  const next = { ...kept, keys: { ...kept.keys, [name]: newKey() } };
  await secret.write(next);
  onProgress(`the secret has the new key ${name}; ${kept.signWith} goes on signing`);
  return next;
};

/** Has the newest key sign, once every edge knows it. */
const signWithNewest = async (rotation: TokenKeyRotation, kept: SigningKeys): Promise<SigningKeys> => {
  const { secret, edge, sleep, settlingMilliseconds, onProgress } = rotation;
  const signWith = newestKeyName(Object.keys(kept.keys)) ?? kept.signWith;
  await edge.put(signWith, kept.keys[signWith] ?? '');
  onProgress(`waiting ${Math.ceil(settlingMilliseconds / 1000)} s, until every edge knows ${signWith}`);
  await sleep(settlingMilliseconds);
  const next = { ...kept, signWith };
  await secret.write(next);
  onProgress(`${signWith} signs from now on`);
  return next;
};

/** Retires every key but the one that signs, once no token of theirs is good. */
const retireOthers = async (rotation: TokenKeyRotation, kept: SigningKeys): Promise<void> => {
  const { secret, edge, sleep, settlingMilliseconds, tokenMilliseconds, onProgress } = rotation;
  const { [kept.signWith]: signing = '', ...others } = kept.keys;
  onProgress(`waiting ${Math.ceil((settlingMilliseconds + tokenMilliseconds) / 1000)} s, until the last token of ${Object.keys(others).join(', ')} has expired`);
  await sleep(settlingMilliseconds + tokenMilliseconds);
  await secret.write({ signWith: kept.signWith, keys: { [kept.signWith]: signing } });
  // A show that opens meanwhile publishes the keys that its function has read before.
  await sleep(settlingMilliseconds);
  for (const name of Object.keys(others)) await edge.remove(name);
  onProgress('the old key is retired');
};

/**
 * Replaces the key that signs viewers' tokens, so that at no moment a good token is refused: first edges learn the new key, then
 * it signs, and when no token of the old one is good any more it is retired. Run again after a failure at any step, it goes on
 * where it broke off.
 */
export const rotateTokenKey = async (rotation: TokenKeyRotation): Promise<void> => {
  const kept = await required(rotation.secret);
  const isRetiring = Object.keys(kept.keys).length > 1 && newestKeyName(Object.keys(kept.keys)) === kept.signWith;
  if (isRetiring) rotation.onProgress(`a rotation has broken off here: ${kept.signWith} signs, older keys are still there`);
  await retireOthers(rotation, isRetiring ? kept : await signWithNewest(rotation, await withNextKey(rotation, kept)));
};
