import { once } from 'node:events';
import { connect } from 'node:net';
import { isAmfObject, readAmfValues, type AmfValue } from '../../local/media/rtmp/amf0-reader.ts';
import { writeAmfValues } from '../../local/media/rtmp/amf0-writer.ts';
import { defaultChunkLimits } from '../../local/media/rtmp/chunk-reader.ts';
import { startRtmpIngest } from '../../local/media/rtmp/ingest-server.ts';
import { RtmpProtocolError } from '../../local/media/rtmp/protocol-error.ts';
import { PublishSession } from '../../local/media/rtmp/publish-session.ts';
import { heldBytes } from '../support/fuzz/held-memory.ts';
import { inPieces, mutated } from '../support/fuzz/mutate.ts';
import { recordRtmpSession } from '../support/fuzz/recorded-session.ts';
import { seededRandom, type SeededRandom } from '../support/fuzz/seeded-random.ts';
import { recordingAuthority } from '../support/media/recording-authority.ts';

const seed = 20_261_123;
const cases = { sessions: 40_000, values: 15_000, connections: 3000 } as const;
/** What a run of tests itself may leave behind: code that was optimised, pools. */
const slackBytes = 16_000_000;
const handshakeBytes = 1 + 1536 + 1536;
let session: Buffer;

beforeAll(async () => {
  session = await recordRtmpSession();
});

/** Nine of ten keep the handshake, so that what comes after it is reached. */
const aBadSession = (random: SeededRandom): Buffer => {
  const short = session.subarray(0, handshakeBytes + 400 + random.int(6000));
  if (random.chance(0.03)) return random.bytes(1 + random.int(4000));
  if (random.chance(0.07)) return mutated(random, short);
  const rest = random.chance(0.1) ? random.bytes(1 + random.int(2000)) : mutated(random, short.subarray(handshakeBytes));
  return Buffer.concat([short.subarray(0, handshakeBytes), rest]);
};

/** Plays bytes to a session of its own; answers how it ended. */
const play = (bytes: readonly Buffer[]): { readonly outcome: string; readonly tags: number } => {
  let [isClaimed, tags] = [false, 0];
  const publishing = new PublishSession({
    send: () => undefined,
    close: () => undefined,
    knows: (application) => application === 'live',
    claim: (application, instance) => {
      isClaimed = `${application}/${instance}` === 'live/secret';
      return isClaimed ? undefined : 'unknown';
    },
    release: () => { isClaimed = false; },
    media: ({ data }) => {
      if (!isClaimed) throw new Error('media came without a claim');
      if (data.length > defaultChunkLimits.messageBytes) throw new Error('a tag exceeds the limit');
      tags += 1;
    },
  });
  try {
    for (const piece of bytes) publishing.read(piece);
  } catch (error) {
    if (!(error instanceof RtmpProtocolError)) throw error;
    return { outcome: 'protocol error', tags };
  }
  return { outcome: publishing.isClosed() ? 'closed' : 'open', tags };
};

const tcpHandles = (): number => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;

const depthOf = (value: AmfValue): number => {
  if (typeof value !== 'object' || value === null) return 0;
  const members = isAmfObject(value) ? [...value.values()] : value;
  return 1 + Math.max(0, ...members.map(depthOf));
};

describe('RTMP ingest under bad input', () => {
  it('plays the recorded session it is mutated from', () => {
    const { outcome, tags } = play([session]);

    expect({ outcome, hasTags: tags > 20 }).toEqual({ outcome: 'open', hasTags: true });
  });

  it(`survives ${cases.sessions} bad sessions without a leak`, async () => {
    const random = seededRandom(seed);
    const outcomes = new Map<string, number>();
    for (let warmUp = 0; warmUp < 500; warmUp += 1) play(inPieces(random, aBadSession(random)));
    const before = await heldBytes();

    for (let done = 0; done < cases.sessions; done += 1) {
      const { outcome, tags } = play(inPieces(random, aBadSession(random)));
      const key = tags > 0 ? `${outcome} after media` : outcome;
      outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
    }

    expect(await heldBytes()).toBeLessThan(before + slackBytes);
    // The mutations reach every part: each of these comes in more than one of a thousand.
    for (const outcome of ['protocol error', 'protocol error after media', 'open', 'open after media', 'closed']) expect(outcomes.get(outcome) ?? 0).toBeGreaterThan(cases.sessions / 1000);
  });

  it(`reads ${cases.values} bad values or says why not`, () => {
    const random = seededRandom(seed);
    const good = writeAmfValues('connect', 1, new Map<string, AmfValue>([['app', 'live'], ['list', [1, [true, null, ['x']]]], ['object', new Map([['key', undefined]])]]));

    for (let done = 0; done < cases.values; done += 1) {
      const bytes = random.chance(0.2) ? random.bytes(random.int(300)) : mutated(random, good);
      try {
        for (const value of readAmfValues(bytes)) expect(depthOf(value)).toBeLessThanOrEqual(9);
      } catch (error) {
        if (!(error instanceof RtmpProtocolError)) throw error;
      }
    }
  });

  it(`serves an encoder after ${cases.connections} bad connections`, async () => {
    const authority = recordingAuthority('live/secret');
    const handles = tcpHandles();
    const ingest = await startRtmpIngest({ authority });
    const before = await heldBytes();
    const say = async (bytes: Buffer): Promise<void> => {
      const socket = connect(ingest.port, '127.0.0.1');
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => undefined).resume();
      socket.end(bytes);
      await closed;
    };
    const attack = async (random: SeededRandom): Promise<void> => {
      for (let done = 0; done < cases.connections / 20; done += 1) await say(aBadSession(random));
    };

    await Promise.all(Array.from({ length: 20 }, (_, index) => attack(seededRandom(seed + index))));

    const [begun, tags] = [authority.publishers.length, authority.tags.length];
    expect({ begun: begun > 0, ended: authority.ended }).toEqual({ begun: true, ended: begun });
    authority.tags.length = 0;
    authority.publishers.length = 0;
    const encoder = connect(ingest.port, '127.0.0.1');
    encoder.resume().write(session);
    await authority.until(() => authority.tags.length > 20);
    encoder.destroy();
    await once(encoder, 'close');
    await ingest.close();
    authority.tags.length = 0;
    authority.publishers.length = 0;
    expect(tags).toBeGreaterThan(0);
    while (tcpHandles() > handles) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await heldBytes()).toBeLessThan(before + slackBytes);
  });
});
