import type { RtpEndpointOptions } from '../../../../../local/media/rtp/rtp-endpoint.ts';
import { settled } from '../../../../support/manual-clock.ts';
import { inRtpPackets } from '../../../../support/media/transport-stream.ts';
import { rtpStage, sentStream, type RtpStage } from '../../../../support/media/rtp-stage.ts';

const other = { address: '127.0.0.1', port: 6000 };
let stage: RtpStage;

const open = (options: Partial<RtpEndpointOptions> = {}): void => void (stage = rtpStage(options));

afterEach(async () => stage.endpoint.close());

describe('the source of an RTP endpoint', () => {
  it('keeps to one source while it sends', async () => {
    open();
    await stage.begun();

    stage.receive(inRtpPackets(sentStream, 0, 2), other);

    expect(stage.endpoint.counters.packetsOfRivals).toBe(inRtpPackets(sentStream).length);
    expect(stage.sink.calls).toEqual(['begin']);
  });

  it('lets another source go on once the first is silent', async () => {
    open();
    await stage.begun();
    await stage.clock.advance(600);

    stage.receive(inRtpPackets(sentStream, 30_000, 2), other);

    expect(stage.endpoint.counters).toMatchObject({ packetsOfRivals: 0, packetsLost: 0 });
    expect(stage.sink.calls).toEqual(['begin']);
  });

  it('takes a sender that names itself anew at once', async () => {
    open();
    await stage.begun();

    stage.receive(inRtpPackets(sentStream, 30_000, 2));

    expect(stage.endpoint.counters).toMatchObject({ packetsOfRivals: 0, packetsLost: 0, packetsReceived: 2 * inRtpPackets(sentStream).length });
  });

  it('takes a sender that numbers anew once it is sure', async () => {
    open();
    const datagrams = inRtpPackets(sentStream);
    await stage.begun(datagrams);

    stage.receive(inRtpPackets(sentStream, 30_000));

    expect(stage.endpoint.counters.packetsLost).toBe(0);
    expect(stage.fed().subarray(-188).equals(sentStream.subarray(-188))).toBe(true);
    expect(stage.fed().length).toBeGreaterThan(1.9 * sentStream.length - 3 * 1316);
  });

  it('counts whole seconds of silence as loss', async () => {
    open({ stallMilliseconds: 0 });
    await stage.begun();

    await stage.clock.advance(2500);
    stage.receive(inRtpPackets(sentStream, 100).slice(0, 1));
    await stage.clock.advance(900);

    expect(stage.endpoint.counters.lossSeconds).toBe(2);
    expect(stage.sink.calls).toEqual(['begin']);
  });

  it('ends a source at the threshold and begins the next', async () => {
    open();
    await stage.begun();

    await stage.clock.advance(2900);
    expect(stage.sink.calls).toEqual(['begin']);
    await stage.clock.advance(200);

    expect(stage.sink.calls).toEqual(['begin', 'end']);
    expect(stage.programs[0]?.isKilled).toBe(true);
    stage.receive(inRtpPackets(sentStream));
    expect(stage.programs).toHaveLength(2);
  });

  it('ignores a source that was sent away for a second', async () => {
    open();
    await stage.begun();

    stage.sink.publisher?.disconnect('the channel stops');
    stage.receive(inRtpPackets(sentStream));

    expect(stage.sink.calls).toEqual(['begin', 'end']);
    expect(stage.programs).toHaveLength(1);
    await stage.clock.advance(1000);
    stage.receive(inRtpPackets(sentStream));
    expect(stage.programs).toHaveLength(2);
    expect(stage.endpoint.counters.lossSeconds).toBe(0);
  });

  it('takes nothing while no channel does', async () => {
    open({ findSink: () => undefined });

    stage.receive(inRtpPackets(sentStream));

    expect(stage.endpoint.counters).toMatchObject({ packetsReceived: 0, lossSeconds: 0 });
    expect(stage.programs).toHaveLength(0);
  });

  it('waits longer and longer for a program that fails', async () => {
    open({ stallMilliseconds: 0 });
    let session = 0;
    const receiveAnew = (): void => stage.receive(inRtpPackets(sentStream, 0, (session += 1)));
    receiveAnew();
    for (const [failures, wait] of [1000, 2000, 4000].entries()) {
      stage.programs.at(-1)?.end({ status: 1, complaint: 'it broke' });
      await settled();

      await stage.clock.advance(wait - 10);
      receiveAnew();
      expect(stage.programs).toHaveLength(failures + 1);
      await stage.clock.advance(10);
      receiveAnew();
      expect(stage.programs).toHaveLength(failures + 2);
    }
  });

  it('ends its source and program on close', async () => {
    open();
    await stage.begun();

    await stage.endpoint.close();

    expect(stage.sink.calls).toEqual(['begin', 'end']);
    expect(stage.programs[0]?.isKilled).toBe(true);
    stage.receive(inRtpPackets(sentStream));
    expect(stage.programs).toHaveLength(1);
  });
});
