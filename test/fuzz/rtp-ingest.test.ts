import { createSocket } from 'node:dgram';
import { encodeFlvTag, flvHeader } from '../../local/media/flv/flv-tag.ts';
import { FlvReader } from '../../local/media/flv/flv-reader.ts';
import { RtpEndpoint } from '../../local/media/rtp/rtp-endpoint.ts';
import { startRtpReceiver } from '../../local/media/rtp/rtp-receiver.ts';
import { systemClock, type Clock } from '../../local/runtime/clock.ts';
import { heldBytes } from '../support/fuzz/held-memory.ts';
import { inPieces, mutated } from '../support/fuzz/mutate.ts';
import { seededRandom, type SeededRandom } from '../support/fuzz/seeded-random.ts';
import { fakeProgram } from '../support/media/fake-program.ts';
import { recordingSink } from '../support/media/recording-sink.ts';
import { aTransportStream, inRtpPackets } from '../support/media/transport-stream.ts';

const seed = 20_261_123;
const cases = { sessions: 30_000, flv: 10_000, bursts: 2000 } as const;
const slackBytes = 16_000_000;
const good = inRtpPackets(aTransportStream({ seconds: 1 }), 65_530);
const remote = { address: '127.0.0.1', port: 5000 };
const flv = Buffer.concat([flvHeader({ audio: true, video: true }), ...Array.from({ length: 8 }, (_, index) => encodeFlvTag({ kind: index % 2 === 0 ? 'video' : 'audio', timestamp: 40 * index, data: Buffer.alloc(50 + index, 0x17) }))]);

/** A good session whose datagrams are lost, repeated, displaced and mutated; a few are noise. */
const aBadSession = (random: SeededRandom): Buffer[] => {
  const from = random.chance(0.5) ? 0 : random.int(good.length);
  const datagrams = good.slice(from, from + 4 + random.int(good.length)).flatMap((datagram) => {
    if (random.chance(0.05)) return [];
    if (random.chance(0.02)) return [random.bytes(random.int(300))];
    const sent = random.chance(0.1) ? mutated(random, datagram) : datagram;
    return random.chance(0.05) ? [sent, sent] : [sent];
  });
  if (datagrams.length > 1 && random.chance(0.5)) datagrams.splice(random.int(datagrams.length), 0, ...datagrams.splice(random.int(datagrams.length), 1));
  return datagrams;
};

/** Time that passes by itself; `tick` ends the sleep of whoever sleeps. */
const passingClock = (random: SeededRandom): Clock & { tick(): Promise<void> } => {
  let now = 1_800_000_000_000;
  let wake = (): void => undefined;
  return {
    now: () => (now += random.int(3)),
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        wake = () => { now += milliseconds; resolve(); };
        signal?.addEventListener('abort', () => resolve(), { once: true });
      }),
    tick: async () => {
      now += random.int(400);
      wake();
      for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
    },
  };
};

describe('RTP ingest under bad input', () => {
  it(`survives ${cases.sessions} bad sessions without a leak`, async () => {
    const random = seededRandom(seed);
    const totals = { lost: 0, unreadable: 0, programs: 0, ended: 0 };
    const play = async (): Promise<void> => {
      const [sink, clock] = [recordingSink(), passingClock(random)];
      const endpoint = new RtpEndpoint({
        admits: () => true, findSink: () => sink, clock,
        startProgram: () => {
          const program = fakeProgram();
          totals.programs += 1;
          program.output.write(flv);
          void program.exit.then(() => { totals.ended += 1; });
          if (random.chance(0.1)) program.end({ status: 1, complaint: 'it broke' });
          return program;
        },
      });
      for (const datagram of aBadSession(random)) {
        endpoint.receive(datagram, remote);
        if (random.chance(0.1)) await clock.tick();
      }
      const { packetsReceived, packetsLost, datagramsUnreadable, bytes } = endpoint.counters;
      await endpoint.close();
      if (bytes > packetsReceived * 65_535) throw new Error(`${packetsReceived} packets cannot hold ${bytes} bytes`);
      if (sink.calls.some((call, index) => call !== (index % 2 === 0 ? 'begin' : 'end')) || sink.calls.length % 2 !== 0) throw new Error(`a sink was told ${sink.calls.join(', ')}`);
      totals.lost += packetsLost;
      totals.unreadable += datagramsUnreadable;
    };
    for (let warmUp = 0; warmUp < 500; warmUp += 1) await play();
    const before = await heldBytes();

    for (let done = 0; done < cases.sessions; done += 1) await play();

    expect(totals.ended).toBe(totals.programs);
    expect(Math.min(totals.programs, totals.lost, totals.unreadable)).toBeGreaterThan(cases.sessions / 100);
    expect(await heldBytes()).toBeLessThan(before + slackBytes);
  });

  it(`cuts ${cases.flv} bad FLV streams into tags`, () => {
    const random = seededRandom(seed);

    for (let done = 0; done < cases.flv; done += 1) {
      const bytes = mutated(random, flv);
      const reader = new FlvReader();
      const tags = inPieces(random, bytes).flatMap((piece) => [...reader.read(piece)]);
      expect(tags.reduce((sum, { data }) => sum + data.length, 0)).toBeLessThanOrEqual(bytes.length);
    }
  });

  it(`hands a good stream on after ${cases.bursts} bad bursts`, async () => {
    const random = seededRandom(seed);
    const sink = recordingSink();
    const receiver = await startRtpReceiver({ admits: () => true, findSink: () => sink, ffmpegPath: 'ffmpeg', clock: systemClock, stallMilliseconds: 1000 });
    const socket = createSocket('udp4');
    const send = (datagram: Buffer): Promise<void> => new Promise((resolve) => socket.send(datagram, receiver.port, '127.0.0.1', () => resolve()));

    for (let done = 0; done < cases.bursts; done += 1) for (const datagram of aBadSession(random).slice(0, 4)) await send(datagram);
    while (sink.calls.length % 2 !== 0) await systemClock.sleep(20);
    await systemClock.sleep(1200);
    const before = sink.tags.length;
    const stream = aTransportStream();
    const isHandedOn = (): boolean => sink.tags.length > before + 40;
    // What is sent at once has ended, and is dropped, where the remux takes longer than a stall to begin: an encoder goes on.
    for (let source = 77; !isHandedOn(); source += 1) {
      for (const datagram of inRtpPackets(stream, 0, source)) await send(datagram);
      for (let waits = 0; waits < 60 && !isHandedOn(); waits += 1) await systemClock.sleep(50);
    }

    await receiver.close();
    await new Promise<void>((resolve) => socket.close(() => resolve()));
    expect(receiver.counters.datagramsUnreadable).toBeGreaterThan(100);
    while (process.getActiveResourcesInfo().some((name) => name === 'ProcessWrap' || name === 'UDPWrap')) await systemClock.sleep(20);
  });
});
