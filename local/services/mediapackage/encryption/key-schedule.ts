import type { Clock } from '../../../runtime/clock.ts';
import type { ProtectableSegment } from '../delivery/segment-protection.ts';
import { KeyProviderError, keyIdOf, type ContentKey, type KeyProvider } from './content-key.ts';

/** What a schedule is made from. */
export interface KeyScheduleOptions {
  readonly resourceId: string;
  /** 0 = one key for ever. */
  readonly rotationMilliseconds: number;
  readonly provider: KeyProvider;
  readonly clock: Clock;
  /** Told of every key that could not be had. */
  readonly onFault: (message: string) => void;
}

/** A key server that failed is left alone for so long. */
const retryMilliseconds = 5000;

/**
 * Which key a segment is under. Periods begin at multiples of the interval since the epoch, so that no two shows share one.
 * When a key cannot be had, the last one that was fetched goes on, and a segment once given out under a key stays under it.
 * https://docs.aws.amazon.com/mediapackage/latest/ug/drm-content-key-rotation.html
 */
export class KeySchedule {
  readonly #options: KeyScheduleOptions;
  readonly #keys = new Map<number, ContentKey>();
  readonly #requests = new Map<number, Promise<ContentKey | undefined>>();
  /** Segments that are not under the key of their period. */
  readonly #exceptions = new Map<string, ContentKey>();
  #last: ContentKey | undefined;
  #failedAt = -Infinity;

  constructor(options: KeyScheduleOptions) {
    this.#options = options;
  }

  /** The segment's key, the same one each time. @throws KeyProviderError while no key was ever had */
  async keyOf({ number, startsAt }: ProtectableSegment): Promise<ContentKey> {
    const name = `${number} ${startsAt}`;
    const period = this.#periodOf(startsAt);
    const key = this.#exceptions.get(name) ?? (await this.#keyOfPeriod(period));
    this.#fetchAhead(period + 1);
    if (key !== undefined) return key;
    // Another request may have settled it meanwhile.
    const exception = this.#exceptions.get(name) ?? this.#last;
    if (exception === undefined) throw new KeyProviderError('there is no key yet');
    this.#exceptions.set(name, exception);
    return exception;
  }

  #periodOf(time: number): number {
    const { rotationMilliseconds } = this.#options;
    return rotationMilliseconds === 0 ? 0 : Math.floor(time / rotationMilliseconds);
  }

  /** So that a new period does not begin with a wait. */
  #fetchAhead(period: number): void {
    if (this.#options.rotationMilliseconds > 0) void this.#keyOfPeriod(period);
  }

  async #keyOfPeriod(period: number): Promise<ContentKey | undefined> {
    const key = this.#keys.get(period);
    if (key !== undefined) return key;
    const request = this.#requests.get(period);
    if (request !== undefined) return request;
    if (this.#options.clock.now() - this.#failedAt < retryMilliseconds) return undefined;
    const sent = this.#fetch(period).finally(() => this.#requests.delete(period));
    this.#requests.set(period, sent);
    return sent;
  }

  async #fetch(period: number): Promise<ContentKey | undefined> {
    const { resourceId, rotationMilliseconds, provider, clock, onFault } = this.#options;
    const index = rotationMilliseconds === 0 ? undefined : period;
    try {
      const key = await provider.fetchKey({ keyId: keyIdOf(resourceId, index), ...(index !== undefined && { period: index }) });
      this.#keys.set(period, key);
      this.#last = key;
      return key;
    } catch (error) {
      this.#failedAt = clock.now();
      onFault(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }
}
