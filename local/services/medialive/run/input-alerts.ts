import type { RelayEvent } from '../../../media/relay/relay-event.ts';
import type { PipelineAlerts } from './alert-board.ts';
import { alertTypes } from './alert-types.ts';

/** What inputs are, for the words of their alerts. */
export type InputKind = 'RTMP_PUSH' | 'RTP_PUSH';

/** Says by alerts what a relay tells of its inputs. */
export class InputAlerts {
  readonly #alerts: PipelineAlerts;
  readonly #kind: InputKind;
  readonly #preferred: string | undefined;
  /** The input that failed and was left; a switch of the schedule leaves none. */
  #failed: string | undefined;

  /** `preferred` is the input that is gone back to, where there is one: until then the failover stands as an alert. */
  constructor(alerts: PipelineAlerts, kind: InputKind, preferred: string | undefined) {
    this.#alerts = alerts;
    this.#kind = kind;
    this.#preferred = preferred;
  }

  /** Nothing has come from an input yet, although it is waited for. */
  missing(input: string): void {
    this.#alerts.raise(this.#absence(), input, `input ${input}: no stream comes`);
  }

  /** An input is not listened to any more. */
  left(input: string): void {
    this.#alerts.clear(this.#absence(), input);
  }

  /** What a source sends cannot be decoded. */
  undecodable(input: string, reason: string): void {
    this.#alerts.raise(alertTypes.videoNotDetected, input, `input ${input}: ${reason}`);
  }

  tell(event: RelayEvent): void {
    switch (event.kind) {
      case 'INPUT_ACQUIRED':
        this.#acquired(event.input);
        break;
      case 'INPUT_LOST':
        this.#alerts.raise(this.#absence(), event.input, `input ${event.input}: ${event.cause === 'STALLED' ? 'the source sends no pictures' : 'the source has gone'}`);
        this.#alerts.clear(alertTypes.blackVideo, event.input);
        this.#alerts.clear(alertTypes.audioNotDetected, event.input);
        break;
      case 'INPUT_UNSUPPORTED':
        this.undecodable(event.input, event.reason);
        break;
      case 'BLACK_BEGAN':
        this.#alerts.raise(alertTypes.blackVideo, event.input, `input ${event.input}: the picture is black`);
        break;
      case 'BLACK_ENDED':
        this.#alerts.clear(alertTypes.blackVideo, event.input);
        this.#recovered(event.input);
        break;
      case 'SILENCE_BEGAN':
        this.#alerts.raise(alertTypes.audioNotDetected, event.input, `input ${event.input}: the sound is silent`);
        break;
      case 'SILENCE_ENDED':
        this.#alerts.clear(alertTypes.audioNotDetected, event.input);
        this.#recovered(event.input);
        break;
      case 'FILL_BEGAN':
        for (const type of unfed) this.#alerts.raise(type, 'active', 'the active input is unavailable');
        break;
      case 'FILL_ENDED':
        for (const type of unfed) this.#alerts.clear(type, 'active');
        break;
      case 'ACTIVE_INPUT_CHANGED':
        this.#changed(event);
        break;
      case 'SLATE_UNREADABLE':
        this.#alerts.raise(alertTypes.inputImageMissing, 'slate', event.reason);
        break;
      case 'ENCODER_CRASHED':
      case 'FRAMES_DROPPED':
        break;
    }
  }

  #absence(): typeof alertTypes.rtmpHasNoMedia | typeof alertTypes.udpStopped {
    return this.#kind === 'RTP_PUSH' ? alertTypes.udpStopped : alertTypes.rtmpHasNoMedia;
  }

  #acquired(input: string): void {
    this.#alerts.clear(this.#absence(), input);
    this.#alerts.clear(alertTypes.videoNotDetected, input);
    this.#recovered(input);
  }

  #changed({ input, previous, reason }: Extract<RelayEvent, { readonly kind: 'ACTIVE_INPUT_CHANGED' }>): void {
    this.#settled();
    if (reason !== 'FAILOVER' || input === this.#preferred) return;
    this.#failed = previous;
    this.#alerts.raise(alertTypes.inputFailedOver, 'pair', `input ${previous} failed: input ${input} is active`);
  }

  /** An input has no fault any more. A preferred one is waited for until it is active again. */
  #recovered(input: string): void {
    if (this.#failed === input && this.#preferred === undefined) this.#settled();
  }

  #settled(): void {
    this.#failed = undefined;
    this.#alerts.clear(alertTypes.inputFailedOver, 'pair');
  }
}

const unfed = [alertTypes.videoNotDetected, alertTypes.audioNotDetected] as const;
