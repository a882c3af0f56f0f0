import { startRtpReceiver } from '../../../media/rtp/rtp-receiver.ts';
import type { RtpCounters, RtpReceiver } from '../../../media/rtp/receiving.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { InputRecord, MediaLiveRecords } from '../records.ts';
import { reasonOf } from '../run/encoded-piece.ts';
import { admits } from './admission.ts';
import type { InputSources } from './input-sources.ts';

/** What RTP endpoints need. */
export interface RtpEndpointsOptions {
  readonly records: MediaLiveRecords;
  readonly sources: InputSources;
  readonly clock: Clock;
  readonly ffmpegPath: string;
  readonly log?: (message: string) => void;
  /** Told what a source sends that cannot be decoded. */
  readonly onUnsupported: (input: InputRecord, source: number, reason: string) => void;
}

const endpointsOfInput = [0, 1] as const;

/** The UDP endpoints of RTP inputs: two each, open from the input's creation to its deletion, on ports that outlive a restart where they are free. */
export class RtpEndpoints {
  readonly #options: RtpEndpointsOptions;
  readonly #receivers = new Map<string, readonly RtpReceiver[]>();

  constructor(options: RtpEndpointsOptions) {
    this.#options = options;
  }

  /** Opens an input's endpoints; answers their ports. */
  async open(inputId: string, wanted: readonly number[] = []): Promise<readonly number[]> {
    const receivers = await Promise.all(endpointsOfInput.map((source) => this.#receive(inputId, source, wanted[source])));
    this.#receivers.set(inputId, receivers);
    return receivers.map(({ port }) => port);
  }

  /** Opens the endpoints of every input that is kept. */
  async restore(): Promise<void> {
    const { records } = this.#options;
    for (const input of [...records.inputs.values()]) {
      if (input.type === 'RTP_PUSH') records.inputs.put(input.id, { ...input, ports: await this.open(input.id, input.ports) });
    }
  }

  /** What an endpoint has received since it was opened. */
  counters(inputId: string, source: number): RtpCounters | undefined {
    return this.#receivers.get(inputId)?.[source]?.counters;
  }

  /** Closes an input's endpoints, or everything. */
  async close(inputId?: string): Promise<void> {
    const closing = inputId === undefined ? [...this.#receivers.keys()] : [inputId];
    await Promise.all(closing.flatMap((id) => (this.#receivers.get(id) ?? []).map((receiver) => receiver.close())));
    for (const id of closing) this.#receivers.delete(id);
  }

  async #receive(inputId: string, source: number, port = 0): Promise<RtpReceiver> {
    const { records, sources, clock, ffmpegPath, log, onUnsupported } = this.#options;
    const input = (): InputRecord | undefined => records.inputs.get(inputId);
    const options = {
      clock, ffmpegPath,
      admits: (address: string): boolean => {
        const found = input();
        return found !== undefined && sources.sink(found, source) !== undefined && admits(records, found, address);
      },
      findSink: () => {
        const found = input();
        return found === undefined ? undefined : sources.sink(found, source);
      },
      onUnsupported: (reason: string): void => {
        const found = input();
        if (found !== undefined) onUnsupported(found, source, reason);
      },
      ...(log === undefined ? {} : { log }),
    };
    try {
      return await startRtpReceiver({ ...options, port });
    } catch (error) {
      if (port === 0) throw error;
      log?.(`rtp: port ${port} of input ${inputId} is taken, another one is used: ${reasonOf(error)}`);
      return startRtpReceiver(options);
    }
  }
}
