import type { RtpCounters } from '../../../media/rtp/receiving.ts';
import type { PipelineAlerts } from './alert-board.ts';
import { alertTypes } from './alert-types.ts';

type Fault = 'datagramsUnreadable' | 'packetsOfRivals';

const faults = {
  datagramsUnreadable: { type: alertTypes.rtpCorrupt, words: 'what comes is no RTP of MPEG-TS' },
  packetsOfRivals: { type: alertTypes.doublePublishing, words: 'a second source sends to it' },
} as const;

/** Says by alerts what an RTP endpoint counts and cannot take: each is set while its counter grows from one look to the next. */
export class RtpAlerts {
  readonly #alerts: PipelineAlerts;
  readonly #before = new Map<string, number>();

  constructor(alerts: PipelineAlerts) {
    this.#alerts = alerts;
  }

  look(input: string, counters: RtpCounters): void {
    this.#compare(input, 'datagramsUnreadable', counters.datagramsUnreadable);
    this.#compare(input, 'packetsOfRivals', counters.packetsOfRivals);
  }

  #compare(input: string, fault: Fault, count: number): void {
    const key = `${input}:${fault}`;
    const before = this.#before.get(key);
    this.#before.set(key, count);
    const { type, words } = faults[fault];
    if (before !== undefined && count > before) this.#alerts.raise(type, input, `input ${input}: ${words}`);
    else this.#alerts.clear(type, input);
  }
}
