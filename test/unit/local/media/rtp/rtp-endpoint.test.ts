import type { RtpEndpointOptions } from '../../../../../local/media/rtp/rtp-endpoint.ts';
import { anRtpPacket, inRtpPackets } from '../../../../support/media/transport-stream.ts';
import { rtpStage, sentStream, type RtpStage } from '../../../../support/media/rtp-stage.ts';

let stage: RtpStage;

const open = (options: Partial<RtpEndpointOptions> = {}): void => void (stage = rtpStage(options));

afterEach(async () => stage.endpoint.close());

describe('an RTP endpoint', () => {
  it('feeds what comes in disorder in order', () => {
    open();
    const datagrams = inRtpPackets(sentStream, 65_530);
    const [first, ...others] = datagrams;
    // The neighbours of each pair change places.
    stage.receive([first!, ...others.map((datagram, index) => others[index ^ 1] ?? datagram)]);
    const ofDisordered = stage.fed();
    open();
    stage.receive(datagrams);

    expect(ofDisordered.equals(stage.fed())).toBe(true);
    expect(stage.endpoint.counters).toMatchObject({ packetsLost: 0, packetsReceived: datagrams.length });
  });

  it('counts what is lost and goes on in its time', async () => {
    open();
    const datagrams = inRtpPackets(sentStream);
    stage.receive(datagrams.filter((_, index) => index !== 9 && index !== 10));

    await stage.clock.advance(200);

    expect(stage.endpoint.counters).toMatchObject({ packetsLost: 2, errorSeconds: 1 });
    expect(stage.fed().subarray(-188).equals(sentStream.subarray(-188))).toBe(true);
  });

  it('hands a repeated packet on once', () => {
    open();
    const datagrams = inRtpPackets(sentStream);

    stage.receive(datagrams.flatMap((datagram) => [datagram, datagram]));

    expect(stage.endpoint.counters).toMatchObject({ packetsRepeated: datagrams.length, packetsReceived: 2 * datagrams.length });
    const twice = stage.fed();
    open();
    stage.receive(datagrams);
    expect(twice.equals(stage.fed())).toBe(true);
  });

  it('asks of every packet whether its address may send', () => {
    let isAdmitted = true;
    open({ admits: (address) => isAdmitted && address === '127.0.0.1' });
    const datagrams = inRtpPackets(sentStream);

    stage.receive(datagrams.slice(0, 5), { address: '10.0.0.1', port: 5000 });
    stage.receive(datagrams.slice(0, 7));
    isAdmitted = false;
    stage.receive(datagrams.slice(7));

    expect(stage.endpoint.counters).toMatchObject({ packetsRefused: 5 + datagrams.length - 7, packetsReceived: 7 });
  });

  it.each([
    ['a transport stream without RTP', sentStream.subarray(0, 1316)],
    ['another payload type', anRtpPacket(sentStream.subarray(0, 1316), { type: 96 })],
    ['a payload that is no transport stream', anRtpPacket(Buffer.alloc(1316))],
    ['a payload of no whole packets', anRtpPacket(sentStream.subarray(0, 1300))],
    ['an extension longer than its datagram', anRtpPacket(sentStream.subarray(0, 188), { extension: Buffer.from([0, 0, 0xff, 0xff]) })],
    ['padding longer than its payload', anRtpPacket(Buffer.alloc(0), { padding: 1 }).fill(255, 12)],
    ['an empty datagram', Buffer.alloc(0)],
  ])('leaves %s out and counts it', (_, datagram) => {
    open();

    stage.receive([datagram]);

    expect(stage.endpoint.counters).toMatchObject({ datagramsUnreadable: 1, packetsReceived: 0, errorSeconds: 1 });
  });

  it('reads past header extensions and padding', () => {
    open();

    stage.receive([anRtpPacket(sentStream.subarray(0, 188), { extension: Buffer.from([0, 0, 0, 1, 1, 2, 3, 4]), padding: 4 })]);

    expect(stage.endpoint.counters).toMatchObject({ packetsReceived: 1, bytes: 188 });
  });

  it('leaves the reports of senders alone', () => {
    open();

    stage.receive([Buffer.from([0x80, 200, 0, 6, ...Buffer.alloc(24)])]);

    expect(stage.endpoint.counters).toMatchObject({ datagramsUnreadable: 0, packetsReceived: 0 });
  });
});
