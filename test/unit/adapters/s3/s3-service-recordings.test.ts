import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { s3ServiceRecordings } from '../../../../lambda/adapters/s3/s3-service-recordings.ts';
import { recordingMetadata } from '../../../../local/services/ivs/recording/recording-metadata.ts';

const s3 = mockClient(S3Client);
const recordings = s3ServiceRecordings(new S3Client({ region: 'us-east-1' }));
const channelArn = 'arn:aws:ivs:us-east-1:123456789012:channel/AbCdef1G2hij';
const day = 'ivs/v1/123456789012/AbCdef1G2hij/2026/11/23/';
const startedAt = Date.parse('2026-11-23T10:05:00Z');
const renditions = [{ name: '720p30', widthPixels: 1280, heightPixels: 720, framesPerSecond: 30 }];

const holds = (files: Readonly<Record<string, string>>): void => {
  s3.on(ListObjectsV2Command).callsFake(({ Prefix = '' }: { Prefix?: string }) => ({ Contents: Object.keys(files).filter((key) => key.startsWith(Prefix)).map((Key) => ({ Key, Size: 1 })) }));
  s3.on(GetObjectCommand).callsFake(({ Key = '' }: { Key?: string }) => ({ Body: { transformToString: async () => files[Key] ?? '' } }));
};

beforeEach(() => s3.reset());

describe('what IVS recorded', () => {
  it('is told by what it wrote last, in the days of the interval', async () => {
    holds({
      [`${day}10/5/KlMnop3Q4rst/events/recording-started.json`]: recordingMetadata({ channelArn, startedAt, renditions }),
      [`${day}10/5/KlMnop3Q4rst/events/recording-ended.json`]: recordingMetadata({ channelArn, startedAt, renditions, ended: { at: startedAt + 60_000, durationMilliseconds: 59_000 } }),
      [`${day}10/5/KlMnop3Q4rst/media/hls/master.m3u8`]: '#EXTM3U',
      [`${day}10/9/UvWxyz5A6bcd/events/recording-started.json`]: recordingMetadata({ channelArn, startedAt: startedAt + 240_000, renditions }),
      [`${day}11/9/AaAaaa5A6bcd/events/recording-failed.json`]: recordingMetadata({ channelArn, startedAt: startedAt + 300_000, renditions, ended: { at: startedAt, durationMilliseconds: 0, failure: 'AccessDenied' } }),
      [`${day}9/9/BbBbbb5A6bcd/events/recording-started.json`]: recordingMetadata({ channelArn, startedAt: startedAt - 1, renditions }),
    });

    const found = await recordings.began('recordings', channelArn, { from: startedAt, to: startedAt + 3_600_000 });

    expect(found).toEqual([
      {
        folder: `${day}10/5/KlMnop3Q4rst/`, startedAt, playlistKey: `${day}10/5/KlMnop3Q4rst/media/hls/master.m3u8`, renditions: [{ name: '720p30', widthPixels: 1280, heightPixels: 720 }],
        ended: { at: startedAt + 60_000, durationMilliseconds: 59_000 },
      },
      expect.objectContaining({ folder: `${day}10/9/UvWxyz5A6bcd/` }),
      expect.objectContaining({ ended: { at: startedAt, durationMilliseconds: 0, failure: 'AccessDenied' } }),
    ]);
    expect(found[1]).not.toHaveProperty('ended');
  });

  it('is looked for in both days of a show over midnight', async () => {
    holds({});

    await recordings.began('recordings', channelArn, { from: Date.parse('2026-11-30T23:00:00Z'), to: Date.parse('2026-12-01T01:00:00Z') });

    expect(s3.commandCalls(ListObjectsV2Command).map(({ args }) => args[0].input.Prefix)).toEqual(['ivs/v1/123456789012/AbCdef1G2hij/2026/11/30/', 'ivs/v1/123456789012/AbCdef1G2hij/2026/12/1/']);
  });
});
