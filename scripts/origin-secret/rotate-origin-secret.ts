/** One of the two identifiers that the packager accepts. */
export interface Identifier {
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** The secret from which the packager learns what it accepts. */
export interface OriginSecret {
  /** The current identifier, then the one before where there is one: the packager accepts both. */
  accepted(): Promise<readonly [current: Identifier, previous?: Identifier]>;
  /** Makes a value the current one; the current one becomes the previous, and the previous is gone. */
  put(value: string): Promise<void>;
}

/** The distribution that sends the identifier to the packager. */
export interface OriginHeader {
  /** What the distribution is configured to send. */
  value(): Promise<string>;
  /** Configures another value. Edges change over one by one until {@link settled}. */
  change(value: string): Promise<void>;
  /** Resolves when every edge sends what is configured. */
  settled(): Promise<void>;
}

/** What a rotation works on. */
export interface RotationDependencies {
  readonly secret: OriginSecret;
  readonly header: OriginHeader;
  /** A value that nobody can guess, of 8 to 128 characters. */
  readonly newIdentifier: () => string;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** How long the packager may go on with what it read before. AWS says ten minutes. */
  readonly recognitionMilliseconds: number;
  readonly onProgress: (message: string) => void;
}

/** The identifier to change over to: a new one, or the one that a rotation which broke off left behind. */
const nextIdentifier = async ({ secret, header, newIdentifier, now, onProgress }: RotationDependencies): Promise<Identifier> => {
  const [current, previous] = await secret.accepted();
  const sent = await header.value();
  if (sent === current.value) {
    const value = newIdentifier();
    await secret.put(value);
    onProgress('the secret has a new identifier; the one in use stays valid');
    return { value, createdAt: now() };
  }
  // Another version now would take the one in use away.
  onProgress(sent === previous?.value ? 'a rotation has broken off here: going on with its identifier' : 'the distribution sends an identifier that is not valid: changing it to the current one');
  return current;
};

/**
 * Replaces the identifier that the distribution sends to the packager, so that at no moment a request is refused: first the packager
 * learns of the new one beside the old, then the distribution changes over, and when no edge sends the old one any more it is retired.
 * Run again after a failure at any step, it goes on where it broke off.
 * https://docs.aws.amazon.com/mediapackage/latest/ug/cdn-auth-rotate.html
 */
export const rotateOriginSecret = async (dependencies: RotationDependencies): Promise<void> => {
  const { secret, header, now, sleep, recognitionMilliseconds, onProgress } = dependencies;
  await header.settled();
  const next = await nextIdentifier(dependencies);
  const wait = Math.max(0, next.createdAt + recognitionMilliseconds - now());
  onProgress(`waiting ${Math.ceil(wait / 1000)} s, until the packager has recognised it`);
  await sleep(wait);
  await header.change(next.value);
  onProgress('the distribution is changing over; waiting until every edge has');
  await header.settled();
  // Saved twice, so that the current and the previous version are the same and the old identifier is neither.
  await secret.put(next.value);
  onProgress('the old identifier is retired');
};
