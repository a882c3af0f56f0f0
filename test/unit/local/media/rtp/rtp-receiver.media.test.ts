import type { ChildProcess } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { readdir, readFile } from 'node:fs/promises';
import { isAudioConfiguration, isKeyFrame, isPicture, isVideoConfiguration } from '../../../../../local/media/flv/flv-tag.ts';
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
const sockets: Socket[] = [];
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

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await systemClock.sleep(20);
};

const aSocket = (): Socket => {
  const socket = createSocket('udp4');
  sockets.push(socket);
  return socket;
};

const send = async (datagrams: readonly Buffer[], socket = aSocket()): Promise<void> => {
  for (const datagram of datagrams) await new Promise((resolve) => socket.send(datagram, receiver.port, '127.0.0.1', resolve));
};

const withoutPid = (transportStream: Buffer, pid: number): Buffer =>
  Buffer.concat(Array.from({ length: transportStream.length / 188 }, (_, index) => transportStream.subarray(188 * index, 188 * index + 188)).filter((packet) => (packet.readUInt16BE(1) & 0x1fff) !== pid));

/** The processes that this one started with such an argument. */
const childrenNamed = async (argument: string): Promise<number[]> => {
  const entries = await readdir('/proc');
  const found = await Promise.all(entries.filter((entry) => /^\d+$/.test(entry)).map(async (entry) => {
    const [stat, command] = await Promise.all([readFile(`/proc/${entry}/stat`, 'utf8'), readFile(`/proc/${entry}/cmdline`, 'utf8')]).catch(() => ['', '']);
    return Number(stat.replace(/^.*\) /, '').split(' ')[1]) === process.pid && command.includes(argument) ? [Number(entry)] : [];
  }));
  return found.flat();
};

const pictures = (): number => sink.tags.filter(isPicture).length;

afterEach(async () => {
  for (const sender of senders.splice(0)) sender.kill('SIGKILL');
  for (const socket of sockets.splice(0)) socket.close();
  await receiver.close();
});

describe('an RTP receiver', () => {
  it('hands on the stream of a real ffmpeg', async () => {
    await start();
    senders.push(sendRtp(receiver.port, { seconds: 3 }));

    await sink.until(() => pictures() >= 50);

    const media = sink.tags.filter(({ kind }) => kind !== 'script');
    expect(media.slice(0, 2).every((tag) => isVideoConfiguration(tag) || isAudioConfiguration(tag))).toBe(true);
    expect(media.filter(isPicture).slice(0, 1).every(isKeyFrame)).toBe(true);
    expect(receiver.counters).toMatchObject({ packetsLost: 0, packetsRefused: 0, datagramsUnreadable: 0, errorSeconds: 0 });
  });

  it('keeps pictures on their own clock', async () => {
    await start();

    await send(inRtpPackets(stream));
    await sink.until(() => pictures() >= 48);

    const times = sink.tags.filter(isPicture).map(({ timestamp }) => timestamp);
    expect(times.slice(1).map((time, index) => time - (times[index] ?? 0))).toEqual(Array.from({ length: 47 }, () => 40));
    expect(sink.tags.find(isVideoConfiguration)?.timestamp).toBe(sink.tags.find(({ kind, data }) => kind !== 'script' && data[1] !== 0)?.timestamp);
  });

  it('makes AAC of sound that FLV cannot carry', async () => {
    await start();

    await send(inRtpPackets(aTransportStream({ audio: ['-c:a', 'mp2'] })));
    await sink.until(() => pictures() >= 40);

    expect(sink.tags.some(isAudioConfiguration)).toBe(true);
  });

  it('takes a stream without sound', async () => {
    await start();

    await send(inRtpPackets(aTransportStream({ audio: ['-an'] })));
    await sink.until(() => pictures() >= 40);

    expect(sink.tags.some(({ kind }) => kind === 'audio')).toBe(false);
  });

  it('takes sources whose sound is announced and never comes', async () => {
    await start();

    await send(inRtpPackets(withoutPid(aTransportStream({ seconds: 3 }), 0x101)).slice(0, -5));
    // What is held for sound is let go when the next packet comes later.
    await systemClock.sleep(1100);
    await send(inRtpPackets(withoutPid(aTransportStream({ seconds: 3 }), 0x101), 1000).slice(-5));

    await expect(sink.until(() => pictures() >= 40)).resolves.toBeUndefined();
  });

  it.each([
    ['HEVC', ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none'], 'HEVC video (stream type 0x24)'],
    ['MPEG-2', ['-c:v', 'mpeg2video'], 'MPEG-2 video (stream type 0x2)'],
    ['sound alone', ['-vn'], 'no video'],
  ])('refuses %s with what is allowed', async (_, video, reason) => {
    await start();

    await send(inRtpPackets(aTransportStream({ seconds: 1, video })));
    await until(() => unsupported.length > 0);

    expect(unsupported).toEqual([`${reason}; allowed is H.264 (stream type 0x1b): set the encoder to H.264`]);
    expect(sink.calls).toEqual([]);
  });

  it('follows a programme to other packet identifiers', async () => {
    await start();
    const moved = aTransportStream({ muxer: ['-mpegts_start_pid', '0x200', '-mpegts_pmt_start_pid', '0x1100'] });

    await send([...inRtpPackets(stream), ...inRtpPackets(moved, 1000)].slice(0, -1));
    await sink.until(() => pictures() >= 90);

    expect(sink.calls).toEqual(['begin']);
    expect(sink.tags.filter(isVideoConfiguration)).toHaveLength(2);
  });

  it('goes on after its remux was killed', async () => {
    await start({ log: (message) => void messages.push(message) });
    const messages: string[] = [];
    senders.push(sendRtp(receiver.port, { seconds: 20 }));
    await sink.until(() => pictures() > 10);
    const [remux] = await childrenNamed('pipe:3');

    process.kill(remux!, 'SIGKILL');
    await until(() => messages.some((message) => message.includes('remux of the stream ended with SIGKILL')));
    const before = pictures();
    await sink.until(() => pictures() > before + 10);

    expect(sink.calls).toEqual(['begin']);
    expect((await childrenNamed('pipe:3')).includes(remux!)).toBe(false);
  });

  it('tells its sink when the source is silent for too long', async () => {
    await start({ stallMilliseconds: 900 });

    await send(inRtpPackets(stream));
    await sink.until(() => sink.calls.length === 2);

    expect(sink.calls).toEqual(['begin', 'end']);
    await send(inRtpPackets(stream));
    await sink.until(() => sink.calls.length === 3);
  });

  it('ends when nothing takes the input any more', async () => {
    await start();
    await send(inRtpPackets(stream));
    await sink.until(() => pictures() > 0);

    current = undefined;
    await sink.until(() => sink.calls.length === 2);

    expect(await childrenNamed('pipe:3')).toEqual([]);
  });

  it('lets its sink wait and go on', async () => {
    await start();
    sink.hasRoom = false;
    await send(inRtpPackets(stream));
    await sink.until(() => sink.tags.length > 0);
    await systemClock.sleep(300);
    const held = pictures();

    sink.hasRoom = true;
    sink.publisher?.resume();

    await sink.until(() => pictures() >= 48);
    expect(held).toBeLessThanOrEqual(48);
  });

  it('rejects a port that is in use', async () => {
    await start();

    await expect(startRtpReceiver({ admits: () => true, findSink: () => undefined, ffmpegPath: 'ffmpeg', clock: systemClock, port: receiver.port })).rejects.toThrow(`UDP port ${receiver.port} of 127.0.0.1 is in use`);
  });

  it('fails soft where the program is missing', async () => {
    const messages: string[] = [];
    await start({ ffmpegPath: '/nowhere/ffmpeg', log: (message) => void messages.push(message) });

    await send(inRtpPackets(stream));
    await until(() => messages.some((message) => message.includes('ENOENT')));

    expect(sink.calls).toEqual([]);
  });
});
