import { encodeFlvTag, flvHeader } from '../../../../../local/media/flv/flv-tag.ts';
import { RtpEndpoint, type RtpEndpointOptions } from '../../../../../local/media/rtp/rtp-endpoint.ts';
import { manualClock, settled, type ManualClock } from '../../../../support/manual-clock.ts';
import { fakeProgram, type FakeProgram } from '../../../../support/media/fake-program.ts';
import { recordingSink, type RecordingSink } from '../../../../support/media/recording-sink.ts';
import { anRtpPacket, aTransportStream, inRtpPackets } from '../../../../support/media/transport-stream.ts';

const stream = aTransportStream({ seconds: 1 });
const one = { address: '127.0.0.1', port: 5000 };
const other = { address: '127.0.0.1', port: 6000 };
const picture = Buffer.concat([flvHeader({ audio: true, video: true }), encodeFlvTag({ kind: 'video', timestamp: 1400, data: Buffer.from([0x17, 1, 0, 0, 0, 9]) })]);

let clock: ManualClock;
let sink: RecordingSink;
let endpoint: RtpEndpoint;
let programs: FakeProgram[];

const start = (options: Partial<RtpEndpointOptions> = {}): void => {
  clock = manualClock();
  sink = recordingSink();
  programs = [];
  endpoint = new RtpEndpoint({
    admits: () => true, findSink: () => sink, clock,
    startProgram: () => {
      const program = fakeProgram();
      programs.push(program);
      return program;
    },
    ...options,
  });
};

const receive = (datagrams: readonly Buffer[], remote = one): void => {
  for (const datagram of datagrams) endpoint.receive(datagram, remote);
};

const fed = (): Buffer => Buffer.concat(programs.flatMap((program) => program.fed));

/** The bytes that the program was fed after the tables, which it gets first. */
const begun = async (datagrams = inRtpPackets(stream)): Promise<void> => {
  receive(datagrams);
  programs[0]?.output.write(picture);
  await settled();
};

afterEach(async () => endpoint.close());

describe('an RTP endpoint', () => {
  it('feeds what comes in disorder in order', () => {
    start();
    const datagrams = inRtpPackets(stream, 65_530);
    const [first, ...others] = datagrams;
    // The neighbours of each pair change places.
    receive([first!, ...others.map((datagram, index) => others[index ^ 1] ?? datagram)]);
    const ofDisordered = fed();
    start();
    receive(datagrams);

    expect(ofDisordered.equals(fed())).toBe(true);
    expect(endpoint.counters).toMatchObject({ packetsLost: 0, packetsReceived: datagrams.length });
  });

  it('counts what is lost and goes on in its time', async () => {
    start();
    const datagrams = inRtpPackets(stream);
    receive(datagrams.filter((_, index) => index !== 9 && index !== 10));

    await clock.advance(200);

    expect(endpoint.counters).toMatchObject({ packetsLost: 2, errorSeconds: 1 });
    expect(fed().subarray(-188).equals(stream.subarray(-188))).toBe(true);
  });

  it('hands a repeated packet on once', () => {
    start();
    const datagrams = inRtpPackets(stream);

    receive(datagrams.flatMap((datagram) => [datagram, datagram]));

    expect(endpoint.counters).toMatchObject({ packetsRepeated: datagrams.length, packetsReceived: 2 * datagrams.length });
    const twice = fed();
    start();
    receive(datagrams);
    expect(twice.equals(fed())).toBe(true);
  });

  it('asks of every packet whether its address may send', () => {
    let isAdmitted = true;
    start({ admits: (address) => isAdmitted && address === '127.0.0.1' });
    const datagrams = inRtpPackets(stream);

    receive(datagrams.slice(0, 5), { address: '10.0.0.1', port: 5000 });
    receive(datagrams.slice(0, 7));
    isAdmitted = false;
    receive(datagrams.slice(7));

    expect(endpoint.counters).toMatchObject({ packetsRefused: 5 + datagrams.length - 7, packetsReceived: 7 });
  });

  it.each([
    ['a transport stream without RTP', stream.subarray(0, 1316)],
    ['another payload type', anRtpPacket(stream.subarray(0, 1316), { type: 96 })],
    ['a payload that is no transport stream', anRtpPacket(Buffer.alloc(1316))],
    ['a payload of no whole packets', anRtpPacket(stream.subarray(0, 1300))],
    ['an extension longer than its datagram', anRtpPacket(stream.subarray(0, 188), { extension: Buffer.from([0, 0, 0xff, 0xff]) })],
    ['padding longer than its payload', anRtpPacket(Buffer.alloc(0), { padding: 1 }).fill(255, 12)],
    ['an empty datagram', Buffer.alloc(0)],
  ])('leaves %s out and counts it', (_, datagram) => {
    start();

    receive([datagram]);

    expect(endpoint.counters).toMatchObject({ datagramsUnreadable: 1, packetsReceived: 0, errorSeconds: 1 });
  });

  it('reads past header extensions and padding', () => {
    start();

    receive([anRtpPacket(stream.subarray(0, 188), { extension: Buffer.from([0, 0, 0, 1, 1, 2, 3, 4]), padding: 4 })]);

    expect(endpoint.counters).toMatchObject({ packetsReceived: 1, bytes: 188 });
  });

  it('leaves the reports of senders alone', () => {
    start();

    receive([Buffer.from([0x80, 200, 0, 6, ...Buffer.alloc(24)])]);

    expect(endpoint.counters).toMatchObject({ datagramsUnreadable: 0, packetsReceived: 0 });
  });

  it('keeps to one source while it sends', async () => {
    start();
    await begun();

    receive(inRtpPackets(stream, 0, 2), other);

    expect(endpoint.counters.packetsOfRivals).toBe(inRtpPackets(stream).length);
    expect(sink.calls).toEqual(['begin']);
  });

  it('lets another source go on once the first is silent', async () => {
    start();
    await begun();
    await clock.advance(600);

    receive(inRtpPackets(stream, 30_000, 2), other);

    expect(endpoint.counters).toMatchObject({ packetsOfRivals: 0, packetsLost: 0 });
    expect(sink.calls).toEqual(['begin']);
  });

  it('takes a sender that names itself anew at once', async () => {
    start();
    await begun();

    receive(inRtpPackets(stream, 30_000, 2));

    expect(endpoint.counters).toMatchObject({ packetsOfRivals: 0, packetsLost: 0, packetsReceived: 2 * inRtpPackets(stream).length });
  });

  it('takes a sender that numbers anew once it is sure', async () => {
    start();
    const datagrams = inRtpPackets(stream);
    await begun(datagrams);

    receive(inRtpPackets(stream, 30_000));

    expect(endpoint.counters.packetsLost).toBe(0);
    expect(fed().subarray(-188).equals(stream.subarray(-188))).toBe(true);
    expect(fed().length).toBeGreaterThan(1.9 * stream.length - 3 * 1316);
  });

  it('counts whole seconds of silence as loss', async () => {
    start({ stallMilliseconds: 0 });
    await begun();

    await clock.advance(2500);
    receive(inRtpPackets(stream, 100).slice(0, 1));
    await clock.advance(900);

    expect(endpoint.counters.lossSeconds).toBe(2);
    expect(sink.calls).toEqual(['begin']);
  });

  it('ends a source at the threshold and begins the next', async () => {
    start();
    await begun();

    await clock.advance(2900);
    expect(sink.calls).toEqual(['begin']);
    await clock.advance(200);

    expect(sink.calls).toEqual(['begin', 'end']);
    expect(programs[0]?.isKilled).toBe(true);
    receive(inRtpPackets(stream));
    expect(programs).toHaveLength(2);
  });

  it('ignores a source that was sent away for a second', async () => {
    start();
    await begun();

    sink.publisher?.disconnect('the channel stops');
    receive(inRtpPackets(stream));

    expect(sink.calls).toEqual(['begin', 'end']);
    expect(programs).toHaveLength(1);
    await clock.advance(1000);
    receive(inRtpPackets(stream));
    expect(programs).toHaveLength(2);
    expect(endpoint.counters.lossSeconds).toBe(0);
  });

  it('takes nothing while no channel does', async () => {
    start({ findSink: () => undefined });

    receive(inRtpPackets(stream));

    expect(endpoint.counters).toMatchObject({ packetsReceived: 0, lossSeconds: 0 });
    expect(programs).toHaveLength(0);
  });

  it('waits longer and longer for a program that fails', async () => {
    start({ stallMilliseconds: 0 });
    let session = 0;
    const receiveAnew = (): void => receive(inRtpPackets(stream, 0, (session += 1)));
    receiveAnew();
    for (const [failures, wait] of [1000, 2000, 4000].entries()) {
      programs.at(-1)?.end({ status: 1, complaint: 'it broke' });
      await settled();

      await clock.advance(wait - 10);
      receiveAnew();
      expect(programs).toHaveLength(failures + 1);
      await clock.advance(10);
      receiveAnew();
      expect(programs).toHaveLength(failures + 2);
    }
  });

  it('ends its source and program on close', async () => {
    start();
    await begun();

    await endpoint.close();

    expect(sink.calls).toEqual(['begin', 'end']);
    expect(programs[0]?.isKilled).toBe(true);
    receive(inRtpPackets(stream));
    expect(programs).toHaveLength(1);
  });
});
