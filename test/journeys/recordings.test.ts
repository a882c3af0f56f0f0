import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordingPlaybackSchema, recordingSchema, recordingPageSchema, recordingShareSchema, revokedRecordingPlaybackSchema, type RecordingBody, type RecordingPlaybackBody } from '../../lambda/contract/api/recordings.ts';
import { usageLinesSchema } from '../../lambda/contract/api/usage.ts';
import { witnessWith } from '../../scripts/demo/witness.ts';
import { bodyOf, problemOf } from '../support/journeys/api-client.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aShortTail } from '../support/journeys/pipelines.ts';
import { aBreakout, anEvent, answerOnce, becomes, ingestUrlOf, usageOnce } from '../support/journeys/plans.ts';
import { recordingOf, recordingsBucketOf } from '../support/journeys/recordings.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';
import { pushTestCard } from '../support/media/test-card.ts';

const showSeconds = 8;

let stage: StageDriver;
let harbour: AccountCast;
let breakoutId: string;
let eventId: string;
let recording: RecordingBody;
let folder: string;

const recordingPath = (): string => `/breakouts/${breakoutId}/recordings/${recording.recordingId}`;

/** Given a show that is over and asked for every format. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'journey-recordings-'));
  stage = await openStage({ pipelines: [aShortTail('pl_recorded', { ladder: 'small' }), aShortTail('pl_other')] });
  harbour = await anAccount(stage);
  ({ eventId } = await anEvent(harbour.producer));
  ({ breakoutId } = await aBreakout(harbour.producer, eventId, stage.pipelineIds[0], { wantsMp4: true, recordingFormats: ['AUDIO', 'THUMBNAILS'] }));
  await harbour.producer.post(`/breakouts/${breakoutId}/start`);
  await becomes(harbour.producer, breakoutId, 'RUNNING');
  await pushTestCard(await ingestUrlOf(harbour.producer, breakoutId), showSeconds).exit;
  await harbour.producer.post(`/breakouts/${breakoutId}/stop`);
  await becomes(harbour.producer, breakoutId, 'COMPLETED');
  recording = await answerOnce('the recording', 120, async () => {
    const now = await recordingOf(harbour.producer, breakoutId);
    return now === undefined || now.status === 'PROCESSING' ? undefined : now;
  });
}, 240_000);

afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

const playback = async (): Promise<RecordingPlaybackBody> => bodyOf(await harbour.viewer.post(`${recordingPath()}/playback`), 201, recordingPlaybackSchema);
const urlOf = async (wanted: RecordingBody['formats'][number]): Promise<string> => (await playback()).files.find(({ format }) => format === wanted)!.url;

describe('when the show is over', () => {
  it('has a recording in every format that was asked for', () => {
    expect(recording).toMatchObject({ status: 'READY', percentComplete: 100, gaps: [], overlaps: [] });
    expect(recording.files.map(({ format }) => format)).toEqual(['HLS', 'MP4', 'AUDIO', 'THUMBNAILS']);
    expect(recording.durationMilliseconds).toBeGreaterThan(showSeconds * 1000 - 2000);
  });

  it('leaves out what is higher than the archive', () => {
    expect(recording.renditions.flatMap(({ name, heightPixels }) => (name.startsWith('hls-') ? [heightPixels] : []))).toEqual([480, 240]);
  });

  it('is listed of its event and its account', async () => {
    for (const path of [`/events/${eventId}/recordings`, `/accounts/${harbour.accountId}/recordings`]) {
      const { items } = await answerOnce(path, 10, async () => {
        const page = bodyOf(await harbour.producer.get(path), 200, recordingPageSchema);
        return page.items.length > 0 ? page : undefined;
      });
      expect(items.map(({ recordingId }) => recordingId)).toEqual([recording.recordingId]);
    }
  });

  it('is as long as its files play, in every rendition', async () => {
    const witness = witnessWith(stage.aws);
    const bucket = await recordingsBucketOf(stage);
    const segments = (await witness.list(bucket)).filter(({ key }) => key.endsWith('.ts')).toSorted((one, other) => one.key.localeCompare(other.key));
    const renditions = [...Map.groupBy(segments, ({ key }) => key.slice(0, -'00001.ts'.length)).values()];
    const file = join(folder, 'rendition.ts');
    const seconds: number[] = [];
    for (const objects of renditions) {
      await witness.download(objects, file);
      seconds.push(witness.duration(file));
    }

    const told = recording.renditions.filter(({ name }) => name.startsWith('hls-')).map(({ durationMilliseconds = NaN }) => durationMilliseconds / 1000);
    expect(seconds).toHaveLength(2);
    // Sound may end two frames after the picture.
    for (const [index, duration] of told.toReversed().entries()) expect(Math.abs(seconds[index]! - duration)).toBeLessThan(2 / 30);
  });

  it('is charged for each output on its own', async () => {
    await usageOnce(harbour.producer, breakoutId, ({ categories }) => categories.conversion !== null);
    const { items } = bodyOf(await harbour.producer.get(`/breakouts/${breakoutId}/usage/lines?limit=100`), 200, usageLinesSchema);

    expect(items.filter(({ key }) => key.startsWith('conversion/')).map(({ key }) => key.split('/')[2]).toSorted()).toEqual(['audio-0', 'hls-0', 'hls-1', 'mp4-0', 'thumbnails-0']);
  });
});

describe('when it is watched', () => {
  it('plays in HLS with the token in its path', async () => {
    const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-i', await urlOf('HLS'), '-f', 'null', '-'], { encoding: 'utf8', timeout: 60_000 });

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('is refused without its token', async () => {
    const url = await urlOf('HLS');
    const [, token = ''] = /\/t\/([^/]+)\//.exec(url) ?? [];
    const forged = url.replace(token, `${token.slice(0, -43)}${'A'.repeat(43)}`);

    expect([(await fetch(forged)).status, (await fetch(url.replace(`/t/${token}`, ''))).status, (await fetch(url)).status]).toEqual([403, 404, 200]);
  });

  it('is not reached past the edge', async () => {
    expect((await fetch(`${stage.aws.endpoint}/${new URL(await urlOf('MP4')).pathname.split('/').slice(3).join('/')}`)).status).toBeGreaterThanOrEqual(403);
  });

  it('is kept under the name of the show', async () => {
    const { downloadUrl } = (await playback()).files.find(({ format }) => format === 'MP4')!;

    const answer = await fetch(downloadUrl!);

    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([200, 'video/mp4', 'attachment; filename="Opening show.mp4"']);
    expect((await answer.arrayBuffer()).byteLength).toBe(Number(recording.files.find(({ format }) => format === 'MP4')!.bytes));
  });
});

describe('when its viewers have names', () => {
  it('is refused to who lost access, on the device where the show was watched too', async () => {
    const asked = { viewerId: 'customer-1' };
    const first = bodyOf(await harbour.viewer.post(`${recordingPath()}/playback`, asked), 201, recordingPlaybackSchema);
    const next = bodyOf(await harbour.viewer.post(`${recordingPath()}/playback`, { ...asked, renewWith: first.renewWith }), 201, recordingPlaybackSchema);
    expect(next.session).toBe(first.session);
    expect((await fetch(next.files[0]!.url)).status).toBe(200);

    const { revokedSessions } = bodyOf(await harbour.producer.delete(`${recordingPath()}/playback`, asked), 200, revokedRecordingPlaybackSchema);

    expect(revokedSessions).toEqual([first.session]);
    for (const { url } of [first.files[0]!, next.files[0]!]) {
      await answerOnce('the refusal', 30, async () => ((await fetch(url)).status === 403 ? true : undefined));
    }
    expect(problemOf(await harbour.viewer.post(`${recordingPath()}/playback`, { ...asked, renewWith: next.renewWith }))).toMatchObject({ status: 409, code: 'session-over' });
  });
});

describe('when a request is repeated', () => {
  it('is answered as the first time, with the secrets that it was answered with', async () => {
    const key = { 'idempotency-key': 'asked-twice' };
    const path = `${recordingPath()}/share`;

    const answers = [await harbour.producer.post(path, {}, key), await harbour.producer.post(path, {}, key)];

    expect(answers.map(({ status, headers }) => [status, headers.get('idempotency-replayed')])).toEqual([[201, null], [201, 'true']]);
    expect(answers[1]!.text).toBe(answers[0]!.text);
  });
});

describe('when it is shared', () => {
  const open = (path: string): Promise<Response> => fetch(`${stage.apiUrl}${path}`, { redirect: 'manual' });

  it('leads whoever has the link to it, by a URL of its own each time, until it is revoked', async () => {
    const { path, shareId } = bodyOf(await harbour.producer.post(`${recordingPath()}/share`), 201, recordingShareSchema);

    const locations = [(await open(path)).headers.get('location')!, (await open(path)).headers.get('location')!];
    expect(new Set(locations).size).toBe(2);
    for (const location of locations) expect((await fetch(location)).status).toBe(200);

    expect((await harbour.producer.send('DELETE', `${recordingPath()}/share/${shareId}`)).status).toBe(204);
    expect((await open(path)).status).toBe(404);
  });

  it('is not for viewers to share', async () => {
    expect(problemOf(await harbour.viewer.post(`${recordingPath()}/share`))).toMatchObject({ status: 403, code: 'privilege-missing' });
    expect((await open('/shared/guessed')).status).toBe(404);
  });
});

describe('when it is deleted', () => {
  it('is gone for good, with its charges', async () => {
    const { path } = bodyOf(await harbour.producer.post(`${recordingPath()}/share`), 201, recordingShareSchema);

    const deleted = bodyOf(await harbour.producer.send('DELETE', recordingPath()), 200, recordingSchema);

    expect(deleted).toMatchObject({ status: 'DELETED', bytes: '0', files: [] });
    expect(problemOf(await harbour.viewer.post(`${recordingPath()}/playback`))).toMatchObject({ status: 409, code: 'recording-not-playable' });
    expect((await fetch(`${stage.apiUrl}${path}`, { redirect: 'manual' })).status).toBe(404);
  });

  it('may be deleted again', async () => {
    expect((await harbour.producer.send('DELETE', recordingPath())).status).toBe(200);
  });
});
