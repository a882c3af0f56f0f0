import type { Clock } from '../../runtime/clock.ts';
import { startInputMonitor, type InputMonitor } from '../monitor/input-monitor.ts';
import type { FailoverSettings } from './failover-settings.ts';
import type { Candidate } from './failover-policy.ts';
import type { ConfiguredTag } from './gop-history.ts';
import { fault, faultOf } from './input-health.ts';
import type { InputSource } from './input-source.ts';
import type { InputStatus, Thumbnail } from './input-relay.ts';
import type { RelayEvent } from './relay-event.ts';

/** What watching over an input needs. */
export interface InputWatchOptions {
  readonly source: InputSource;
  readonly clock: Clock;
  readonly startedAt: number;
  readonly ffmpegPath: string;
  readonly hasThumbnails: boolean;
  readonly failover?: FailoverSettings;
  onEvent(event: RelayEvent): void;
}

/** Without a picture for this long, an input that nobody set a threshold for counts as lost. */
const usualLossMilliseconds = 1000;

/** Judges an input: whether it arrives, whether what arrives is black or silent, and since when it has been without fault. */
export class InputWatch {
  readonly #options: InputWatchOptions;
  readonly #monitor: InputMonitor | undefined;
  readonly #lossMilliseconds: number;
  #isAcquired = false;
  #healthySince: number | undefined;
  #isBlack = false;
  #isSilent = false;

  constructor(options: InputWatchOptions) {
    const { failover, hasThumbnails, clock, ffmpegPath } = options;
    this.#options = options;
    this.#lossMilliseconds = failover?.inputLossMilliseconds ?? usualLossMilliseconds;
    const wants = { thumbnail: hasThumbnails, ...(failover?.videoBlack === undefined ? {} : { blackThreshold: failover.videoBlack.detectThreshold }), sound: failover?.audioSilence !== undefined };
    if (wants.thumbnail || wants.sound || wants.blackThreshold !== undefined) this.#monitor = startInputMonitor({ clock, ffmpegPath, wants });
  }

  get thumbnail(): Thumbnail | undefined {
    return this.#monitor?.thumbnail;
  }

  /** Something that can be decoded has come. */
  take(entry: ConfiguredTag): void {
    this.#monitor?.take(entry);
    if (this.#isAcquired) return;
    this.#isAcquired = true;
    this.#options.onEvent({ kind: 'INPUT_ACQUIRED', input: this.#options.source.name });
  }

  /** The publisher has gone, or is quiet. */
  lost(cause: 'DISCONNECTED' | 'STALLED'): void {
    this.#healthySince = undefined;
    if (cause === 'DISCONNECTED') this.#monitor?.forget();
    if (!this.#isAcquired) return;
    this.#isAcquired = false;
    this.#options.onEvent({ kind: 'INPUT_LOST', input: this.#options.source.name, cause });
  }

  /** Looks for what has changed without anything having come. */
  look(now: number): void {
    const { source, failover } = this.#options;
    if (this.#isAcquired && source.quietMilliseconds(now) >= this.#lossMilliseconds) this.lost('STALLED');
    const { blackMilliseconds, silentMilliseconds } = this.#content(now);
    const isBlack = blackMilliseconds >= (failover?.videoBlack?.milliseconds ?? Infinity);
    const isSilent = silentMilliseconds >= (failover?.audioSilence?.milliseconds ?? Infinity);
    if (isBlack !== this.#isBlack) this.#options.onEvent({ kind: isBlack ? 'BLACK_BEGAN' : 'BLACK_ENDED', input: source.name });
    if (isSilent !== this.#isSilent) this.#options.onEvent({ kind: isSilent ? 'SILENCE_BEGAN' : 'SILENCE_ENDED', input: source.name });
    this.#isBlack = isBlack;
    this.#isSilent = isSilent;
  }

  isArriving(now: number): boolean {
    return this.#options.source.quietMilliseconds(now) < Math.min(this.#lossMilliseconds, usualLossMilliseconds);
  }

  judge(now: number, settings: FailoverSettings): Candidate {
    const { source, startedAt } = this.#options;
    const isArriving = this.isArriving(now);
    const found = faultOf({ quietMilliseconds: source.quietMilliseconds(now), hasHadInput: source.counters.hasHadInput, ...this.#content(now) }, settings, now - startedAt);
    this.#healthySince = isArriving && found === fault.none ? (this.#healthySince ?? now) : undefined;
    return { fault: found, isArriving, healthyMilliseconds: this.#healthySince === undefined ? 0 : now - this.#healthySince };
  }

  status(now: number): InputStatus {
    const { source } = this.#options;
    return {
      name: source.name, isPublishing: source.isPublishing, ...source.counters, lastPictureAt: source.lastPictureAt,
      framesPerSecond: source.framesPerSecond(now), isBlack: this.#isBlack, isSilent: this.#isSilent, audioLevelDbfs: this.#monitor?.audioLevelDbfs(now),
    };
  }

  close(): void {
    this.#monitor?.close();
  }

  #content(now: number): { readonly blackMilliseconds: number; readonly silentMilliseconds: number } {
    return { blackMilliseconds: this.#monitor?.blackMilliseconds ?? 0, silentMilliseconds: this.#monitor?.silentMilliseconds(now) ?? 0 };
  }
}
