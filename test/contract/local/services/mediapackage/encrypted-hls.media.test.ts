import { execFile } from 'node:child_process';
import { createDecipheriv } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HlsEncryption } from '@aws-sdk/client-mediapackage';
import { startPlayerServer } from '../../../../../local/player/player-server.ts';
import { startKeyServer, type KeyServer } from '../../../../../local/services/keyserver/key-server.ts';
import { describeInBrowser } from '../../../../support/browser/describe-in-browser.ts';
import { launchBrowser, openPlayer } from '../../../../support/browser/player-page.ts';
import { encodeChunks, type EncodedRung } from '../../../../support/media/encoded-chunks.ts';
import { until } from '../../../../support/until.ts';
import { startPackagerStage, type ChunkEncoder, type PackagerStage } from '../../../../support/media/packager-stage.ts';

jest.setTimeout(60_000);

const roleArn = 'arn:aws:iam::123456789012:role/speke';
const session = { accessKeyId: 'ASIAPACKAGER', secretAccessKey: 'the secret of the session', sessionToken: 'the session' };
const roles = { assume: () => ({ region: 'us-east-1', endpoint: 'http://127.0.0.1', credentials: session }) };

let keyServer: KeyServer;
let stage: PackagerStage;
let rungs: readonly EncodedRung[] = [];

beforeEach(async () => {
  keyServer = await startKeyServer({ secret: 'of the test', secretAccessKeyOf: (id) => (id === session.accessKeyId ? session.secretAccessKey : undefined) });
  stage = await startPackagerStage({ roles });
  if (rungs.length === 0) rungs = await encodeChunks(join(stage.folder, 'chunks'), 16);
});

afterEach(async () => {
  await stage.close();
  await keyServer.close();
});

/** An endpoint whose segments of two seconds change their key every four. */
const encrypted = async (more: Partial<HlsEncryption> = {}): Promise<{ readonly url: string; readonly encoder: ChunkEncoder }> => {
  const { Url = '' } = await stage.endpoint('encrypted', {
    HlsPackage: {
      SegmentDurationSeconds: 2,
      Encryption: {
        EncryptionMethod: 'AES_128', KeyRotationIntervalSeconds: 4, ...more,
        SpekeKeyProvider: { ResourceId: 'show-hls', RoleArn: roleArn, SystemIds: ['81376844-f976-481e-a84e-cc25d39b0b33'], Url: keyServer.url },
      },
    },
  });
  const encoder = stage.encoder(0, rungs);
  await encoder.begin();
  return { url: Url, encoder };
};

const fetched = async (url: string): Promise<{ readonly status: number; readonly body: Buffer }> => {
  const response = await fetch(url);
  return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
};
const playlistOf = async (url: string): Promise<string> => (await fetched(url.replace('index.m3u8', 'index_1.m3u8'))).body.toString();
const keysIn = (playlist: string): string[] => [...playlist.matchAll(/#EXT-X-KEY:METHOD=AES-128,URI="([^"]+)"/g)].map(([, uri = '']) => uri);
const segmentsIn = (url: string, playlist: string): string[] => playlist.split('\n').filter((line) => line.includes('.ts')).map((name) => new URL(name, url).href);
const isClear = ({ body }: { readonly body: Buffer }): boolean => body.length > 188 * 3 && [0, 188, 376].every((at) => body[at] === 0x47);
const faults = (): unknown[] => stage.events.filter(({ detailType }) => detailType === 'MediaPackage Key Provider Notification').map(({ detail }) => detail['event']);

/** Frames that ffmpeg decodes of what a live playlist lists now, and what it complains of. */
const decoded = async (url: string): Promise<{ readonly frames: number; readonly complaint: string }> => {
  const file = join(stage.folder, 'shown.m3u8');
  // Without its end a player waits for more.
  writeFileSync(file, `${(await playlistOf(url)).replaceAll(/^[^#\n]+$/gm, (name) => new URL(name, url).href)}#EXT-X-ENDLIST\n`);
  const counting = ['-v', 'error', '-protocol_whitelist', 'file,http,tcp,crypto', '-allowed_extensions', 'ALL', '-count_frames', '-select_streams', 'v:0', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', file];
  const { stdout, stderr } = await promisify(execFile)('ffprobe', counting, { timeout: 20_000 }).catch((error: unknown) => error as { stdout: string; stderr: string });
  return { frames: Number(stdout.trim().split(/\s+/)[0] ?? 0) || 0, complaint: stderr };
};

describe('HLS encrypted with keys of a SPEKE key server', () => {
  it('plays through rotations of its key', async () => {
    const { url, encoder } = await encrypted();
    await encoder.push(0, 8);
    await encoder.end();

    const playlist = await playlistOf(url);
    const { frames, complaint } = await decoded(url);

    expect(new Set(keysIn(playlist)).size).toBe(4);
    expect(complaint).toBe('');
    expect(frames).toBe(16 * 30);
    expect(keyServer.requests.map(({ accessKeyId }) => accessKeyId)).toContain(session.accessKeyId);
  });

  it('encrypts every segment with its number as vector', async () => {
    const { url, encoder } = await encrypted({ KeyRotationIntervalSeconds: 0 });
    await encoder.push(0, 3);
    const playlist = await playlistOf(url);
    const [keyUri = ''] = keysIn(playlist);
    const vector = Buffer.alloc(16);
    vector.writeUInt32BE(Number(/MEDIA-SEQUENCE:(\d+)/.exec(playlist)?.[1]), 12);

    const segment = await fetched(segmentsIn(url, playlist)[0] ?? '');
    const decipher = createDecipheriv('aes-128-cbc', (await fetched(keyUri)).body, vector);

    expect(isClear(segment)).toBe(false);
    expect(Buffer.concat([decipher.update(segment.body), decipher.final()])).toEqual(rungs[0]?.chunks[0]);
  });

  it('uses and tells the vector that the operator chose', async () => {
    const { url, encoder } = await encrypted({ ConstantInitializationVector: '000102030405060708090a0b0c0d0e0f', RepeatExtXKey: true, KeyRotationIntervalSeconds: 0 });
    await encoder.push(0, 4);
    await encoder.end();

    const playlist = await playlistOf(url);

    expect(playlist.match(/IV=0x000102030405060708090a0b0c0d0e0f/g)).toHaveLength(4);
    expect((await decoded(url)).frames).toBe(8 * 30);
  });

  it('shows nothing until there is a key', async () => {
    keyServer.behave('down');
    const { url, encoder } = await encrypted();
    await encoder.push(0, 3);

    const withoutKey = await Promise.all(['index_1.m3u8', 'index_1_1.ts', 'index_2_1.ts'].map((name) => fetched(url.replace('index.m3u8', name))));
    keyServer.behave('well');
    stage.now += 5000;
    const playlist = await playlistOf(url);

    expect(withoutKey.map(({ status, body }) => [status, body.length])).toEqual([[404, 0], [404, 0], [404, 0]]);
    expect(faults()).toContain('KeyProviderError');
    expect(keysIn(playlist).length).toBeGreaterThan(0);
  });

  it.each(['down', 'garbage'] as const)('goes on with the last key when the key server is %s', async (mode) => {
    const { url, encoder } = await encrypted();
    await encoder.push(0, 2);
    const before = keysIn(await playlistOf(url));
    keyServer.behave(mode);
    await encoder.push(2, 6);

    const during = await playlistOf(url);
    await encoder.end();

    expect(keysIn(during)[0]).toBe(before[0]);
    expect((await Promise.all(segmentsIn(url, during).map(fetched))).filter(isClear)).toEqual([]);
    expect(faults()).toContain('KeyProviderError');
    keyServer.behave('well');
    expect((await decoded(url)).frames).toBe(12 * 30);
  });

  it('cannot be decoded with other keys', async () => {
    const { url, encoder } = await encrypted();
    await encoder.push(0, 3);
    await encoder.end();
    keyServer.behave('other keys to players');

    const { frames, complaint } = await decoded(url);

    expect(frames).toBe(0);
    expect(complaint).not.toBe('');
  });

  it.each([
    ['SAMPLE_AES', { EncryptionMethod: 'SAMPLE_AES' }, 'allowed AES_128'],
    ['a vector of the wrong length', { ConstantInitializationVector: 'abc' }, '32 hexadecimal digits'],
  ] as const)('refuses %s', async (_, more, message) => {
    await expect(encrypted(more)).rejects.toThrow(message);
  });
});

describeInBrowser('encrypted HLS in a browser', () => {
  it('is decrypted and played through a rotation', async () => {
    const { url, encoder } = await encrypted();
    await encoder.push(0, 8);
    await encoder.end();
    const [pages, browser] = [await startPlayerServer(), await launchBrowser()];
    const player = await openPlayer(browser, pages.pageFor(url));

    try {
      await until('the second key', async () => (await player.playback()).currentTime > 5, 30_000);
      expect((await player.playback()).errors).toEqual([]);
    } finally {
      await browser.close();
      await pages.close();
    }
  });

  it('stays dark with other keys', async () => {
    const { url, encoder } = await encrypted();
    await encoder.push(0, 8);
    await encoder.end();
    keyServer.behave('other keys to players');
    const [pages, browser] = [await startPlayerServer(), await launchBrowser()];
    const player = await openPlayer(browser, pages.pageFor(url));

    try {
      await until('the player to complain', async () => (await player.playback()).status.includes('mediaError'), 30_000);
      expect(await player.playback()).toMatchObject({ hasStarted: false, decodedFrames: 0 });
    } finally {
      await browser.close();
      await pages.close();
    }
  });
});
