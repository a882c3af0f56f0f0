import { startInputMonitor, type InputMonitor } from '../../../../../local/media/monitor/input-monitor.ts';
import { isAudioConfiguration, isVideoConfiguration } from '../../../../../local/media/flv/flv-tag.ts';
import { systemClock } from '../../../../../local/runtime/clock.ts';
import { until } from '../../../../support/until.ts';
import { numberedTags, type NumberedSource } from '../../../../support/media/relay/numbered-source.ts';

let monitor: InputMonitor;
let time = 0;
/** Moves on with each look at it: pictures that come in one piece are seen one after the other. */
const clock = { ...systemClock, now: () => (time += 1) };
let feeding: NodeJS.Timeout;
afterEach(() => {
  clearInterval(feeding);
  monitor.close();
});

/** Feeds the stream again and again: what a full pipe leaves out comes once more. */
const watch = async (source: Omit<NumberedSource, 'seconds'>): Promise<void> => {
  const seconds = 2;
  const tags = await numberedTags({ seconds, ...source });
  const [video, audio] = [tags.find(isVideoConfiguration)!.data, tags.find(isAudioConfiguration)?.data];
  const media = tags.filter(({ kind, data }) => kind !== 'script' && data[1] !== 0);
  monitor = startInputMonitor({ clock, ffmpegPath: 'ffmpeg', wants: { thumbnail: true, blackThreshold: 0.1, sound: true } });
  let next = 0;
  feeding = setInterval(() => {
    const tag = media[next % media.length]!;
    const round = Math.floor(next / media.length);
    next += 1;
    monitor.take({ tag: { ...tag, timestamp: tag.timestamp + round * seconds * 1000 }, configuration: { video, ...(audio === undefined ? {} : { audio }) } });
  }, 2);
};

describe('a monitor of an input', () => {
  it('shows a picture of it and hears it', async () => {
    await watch({ sound: { samplesPerSecond: 48_000, channels: 2 } });

    // Picture 0 carries no bar: it is black.
    await until('a picture and sound', () => monitor.thumbnail !== undefined && monitor.blackMilliseconds === 0 && (monitor.audioLevelDbfs(time) ?? -90) > -30);

    expect(monitor.thumbnail?.jpeg.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
  });

  it('sees black and hears silence', async () => {
    await watch({ isBlack: true, isSilent: true, sound: { samplesPerSecond: 44_100, channels: 1 } });

    await until('black and silence', () => monitor.blackMilliseconds > 0 && monitor.audioLevelDbfs(time) === -90);

    expect(monitor.silentMilliseconds(time)).toBeGreaterThan(0);
  });

  it('forgets what it saw of a publisher that left', async () => {
    await watch({ isBlack: true });
    await until('black', () => monitor.blackMilliseconds > 0);

    monitor.forget();

    expect([monitor.blackMilliseconds, monitor.silentMilliseconds(time)]).toEqual([0, 0]);
  });
});
