import { createInputRelay, type InputRelay, type InputRelayOptions } from '../../../../local/media/relay/input-relay.ts';
import type { RelayEvent } from '../../../../local/media/relay/relay-event.ts';
import type { FlvTag } from '../../../../local/media/flv/flv-tag.ts';
import { fakeEncoder, type FakeEncoder } from '../fake-encoder.ts';
import { manualClock, type ManualClock } from '../../manual-clock.ts';
import { frame, keyFrame, sound, videoConfiguration, audioConfiguration } from './stream-tags.ts';
import { smallRendition } from './relay-rig.ts';

/** A publisher whose stream goes on for as long as a test's clock does. */
export interface FakePublisher {
  /** Sends what is due, each picture when its time has come. */
  isSending: boolean;
  readonly disconnections: readonly string[];
  leave(): void;
}

/** A relay on fake encoders and a clock that a test moves. */
export interface FakeRelay {
  readonly relay: InputRelay;
  readonly clock: ManualClock;
  readonly events: readonly RelayEvent[];
  readonly encoders: readonly FakeEncoder[];
  readonly publish: (input: string, version?: number) => FakePublisher;
  /** Lets publishers send, and moves time on. */
  readonly advance: (milliseconds: number) => Promise<void>;
}

const stepMilliseconds = 40;
const gopMilliseconds = 1000;

/** Without ffmpeg: there is no slate, and nothing is encoded. */
export const startFakeRelay = (options: Partial<InputRelayOptions> = {}): FakeRelay => {
  const clock = manualClock(0);
  const events: RelayEvent[] = [];
  const encoders: FakeEncoder[] = [];
  const senders = new Set<() => void>();
  const relay = createInputRelay({
    inputs: [{ name: 'primary' }, { name: 'backup' }], lossBehaviour: { repeatFrameMilliseconds: 1000, blackFrameMilliseconds: 1000, image: { kind: 'COLOR', rgb: '000000' } },
    video: { ...smallRendition.video, frameRate: { numerator: 25, denominator: 1 }, gopFrames: 50 }, origin: 0, clock, ffmpegPath: '/nonexistent/ffmpeg', hasThumbnails: false, flushMilliseconds: 20,
    startEncoder: (start) => {
      const encoder = fakeEncoder(start);
      encoders.push(encoder);
      return encoder;
    },
    onEvent: (event) => {
      if (event.kind !== 'SLATE_UNREADABLE') events.push(event);
    },
    ...options,
  });
  return {
    relay, clock, events, encoders,
    publish: (input, version = 1) => {
      const sink = relay.sink(input);
      const since = clock.now();
      const send = (tag: FlvTag): void => {
        sink.write(tag);
      };
      const disconnections: string[] = [];
      const sender = (): void => {
        const time = clock.now() - since;
        if (!publisher.isSending) return;
        send(time % gopMilliseconds === 0 ? keyFrame(time) : frame(time));
        send(sound(time + 10));
      };
      const leave = (): void => {
        if (senders.delete(sender)) sink.end();
      };
      const publisher = { isSending: true, disconnections, leave };
      senders.add(sender);
      sink.begin({ remoteAddress: '127.0.0.1', resume: () => undefined, disconnect: (reason) => { disconnections.push(reason); leave(); } });
      send(videoConfiguration(version));
      send(audioConfiguration);
      sender();
      return publisher;
    },
    advance: async (milliseconds) => {
      for (let passed = 0; passed < milliseconds; passed += stepMilliseconds) {
        await clock.advance(stepMilliseconds);
        for (const sender of [...senders]) sender();
      }
    },
  };
};
