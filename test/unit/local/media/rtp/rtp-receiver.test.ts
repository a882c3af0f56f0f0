import type { ChildProcess } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { isAac, isAudioConfiguration, isKeyFrame, isPicture, isVideoConfiguration } from '../../../../../local/media/flv/flv-tag.ts';
import type { PublisherSink } from '../../../../../local/media/rtmp/publishing.ts';
import type { RtpReceiver, RtpReceiverOptions } from '../../../../../local/media/rtp/receiving.ts';
import { startRtpReceiver } from '../../../../../local/media/rtp/rtp-receiver.ts';
import { systemClock } from '../../../../../local/runtime/clock.ts';
import { recordingSink, type RecordingSink } from '../../../../support/media/recording-sink.ts';
import { aTransportStream, inRtpPackets, sendRtp } from '../../../../support/media/transport-stream.ts';

let receiver: RtpReceiver;
let sink: RecordingSink;
let current: PublisherSink | undefined;
const senders: ChildProcess[] = [];
const unsupported: string[] = [];
const stream = aTransportStream();

const start = async (options: Partial<RtpReceiverOptions> = {}): Promise<void> => {
  sink = recordingSink();
  current = sink;
  unsupported.length = 0;
  receiver = await startRtpReceiver({
    admits: () => true, findSink: () => current, ffmpegPath: 'ffmpeg', clock: systemClock,
    onUnsupported: (reason) => void unsupported.push(reason), ...options,
  });
};

const encoder = (options: Parameters<typeof sendRtp>[1] = {}): ChildProcess => {
  const sender = sendRtp(receiver.port, options);
  senders.push(sender);
  return sender;
};

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await systemClock.sleep(20);
};

const sendAll = async (datagrams: readonly Buffer[], from: Socket = createSocket('udp4')): Promise<Socket> => {
  for (const [index, datagram] of datagrams.entries()) {
    await new Promise((resolve) => from.send(datagram, receiver.port, '127.0.0.1', resolve));
    // The kernel's buffer is bounded: give the receiver its turn.
    if (index % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return from;
};

afterEach(async () => {
  for (const sender of senders.splice(0)) sender.kill('SIGKILL');
  await receiver.close();
});

describe('an RTP receiver', () => {
  it('hands on the stream of a real ffmpeg', async () => {
    await start();
    encoder({ seconds: 3 });

    await sink.until(() => sink.tags.filter(isPicture).length >= 50);

    const media = sink.tags.filter(({ kind }) => kind !== 'script');
    expect(media.slice(0, 2).every((tag) => isVideoConfiguration(tag) || isAudioConfiguration(tag))).toBe(true);
    expect(media.filter(isPicture).slice(0, 1).every(isKeyFrame)).toBe(true);
    expect(receiver.counters).toMatchObject({ packetsLost: 0, packetsRefused: 0, datagramsUnreadable: 0 });
  });
});
