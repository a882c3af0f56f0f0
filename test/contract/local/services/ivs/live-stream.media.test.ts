import { DeleteStreamKeyCommand, GetStreamCommand, GetStreamSessionCommand, ListStreamsCommand, ListStreamSessionsCommand, StopStreamCommand } from '@aws-sdk/client-ivs';
import { CreateBucketCommand, DeleteBucketCommand } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ivsStreamWatch } from '../../../../../lambda/adapters/ivs/stream-watch.ts';
import { s3MediaFiles } from '../../../../../lambda/adapters/s3/s3-media-files.ts';
import { filmRuns } from '../../../../../lambda/domain/recordings/film/film-runs.ts';
import { writeFilm } from '../../../../../lambda/domain/recordings/film/write-film.ts';
import { timeScale } from '../../../../../local/runtime/clock.ts';
import { liveOutcome, neverLiveOutcome, outcomesOfSessions, unrecordedOutcome } from '../../../../support/contracts/session-outcomes.ts';
import { createCamChannel, createRecordingConfiguration, ingestUrl, recordedKeys, recordedText, type CamChannel } from '../../../../support/ivs/cam-channel.ts';
import { documented } from '../../../../support/ivs/documented-events.ts';
import { recordingBucket, startIvsStage, type IvsStage } from '../../../../support/ivs/ivs-stage.ts';
import { playlistsIn, secondsOf, streamsAt } from '../../../../support/media/published-streams.ts';
import { pushTestCard } from '../../../../support/media/test-card.ts';
import { until } from '../../../../support/until.ts';

let stage: IvsStage;

beforeEach(async () => {
  // A minute of reconnect window is six seconds.
  stage = await startIvsStage({ scale: timeScale(10) });
});

afterEach(() => stage.close());

const stateChange = 'IVS Stream State Change';
const recordingChange = 'IVS Recording State Change';
const states = (): readonly unknown[] => stage.told(stateChange).map(({ event_name }) => event_name);
const statuses = (): readonly unknown[] => stage.told(recordingChange).map(({ recording_status }) => recording_status);
/** The members of an event that has been told, or is documented, of a recording. */
const formOf = (detail: Readonly<Record<string, unknown>>): readonly string[] => Object.entries({ channel_name: '', stream_id: '', ...detail }).map(([name, value]) => `${name}: ${Array.isArray(value) ? 'array' : typeof value}`).sort();
const untilLive = (channel: CamChannel): Promise<void> => until('a live stream', async () => (await fetch(channel.playbackUrl)).status === 200);

describe('a stream to local IVS', () => {
  it('passes the source of a BASIC channel on, measured and recorded', async () => {
    const channel = await createCamChannel(stage, { name: 'cam', recordingConfigurationArn: await createRecordingConfiguration(stage) });

    const encoder = pushTestCard(channel.ingestUrl, 8);
    await untilLive(channel);
    const { stream } = await stage.ivs.send(new GetStreamCommand({ channelArn: channel.arn }));
    const [playlist, ...others] = await playlistsIn(channel.playbackUrl);
    const streams = await streamsAt(playlist!);
    const { streams: listed } = await stage.ivs.send(new ListStreamsCommand({ filterBy: { health: 'HEALTHY' } }));
    await encoder.exit;
    await until('the recording', () => statuses().includes('Recording End'));

    expect(others).toEqual([]);
    expect(stream).toMatchObject({ channelArn: channel.arn, state: 'LIVE', health: 'HEALTHY', playbackUrl: channel.playbackUrl });
    expect(listed!.map(({ streamId }) => streamId)).toEqual([stream!.streamId]);
    expect(streams).toEqual([expect.objectContaining({ codec_name: 'h264', width: 640, height: 360 }), expect.objectContaining({ codec_name: 'aac' })]);
    expect(states()).toEqual(['Session Created', 'Stream Start', 'Session Ended', 'Stream End']);
    expect(stage.told(stateChange)[1]).toEqual({ event_name: 'Stream Start', channel_name: 'cam', stream_id: stream!.streamId });
    expect(Math.abs(stage.sum('LiveInputTime', { Channel: channel.id }) - 8)).toBeLessThan(1.5);
    expect(stage.sum('LiveInputTime', {})).toBeCloseTo(stage.sum('LiveInputTime', { Channel: channel.id }));
    expect(stage.sum('RecordedTime', { Channel: channel.id })).toBeCloseTo(8, 0);
    expect(stage.sum('LiveDeliveredTime', { Channel: channel.id, ViewerCountryCode: 'US' })).toBeGreaterThanOrEqual(2);
    expect(stage.metrics.filter(({ name }) => name === 'KeyframeInterval').at(-1)!.value).toBeCloseTo(2, 1);
    expect(stage.metrics.filter(({ name }) => name === 'IngestFramerate').at(3)!.value).toBeCloseTo(30, -1);
    await expect(stage.ivs.send(new GetStreamCommand({ channelArn: channel.arn }))).rejects.toMatchObject({ name: 'ChannelNotBroadcasting' });
    await expectRecorded(stage, channel, stream!.streamId!);
  });

  it('is played and recorded as fragmented MP4 where its channel says so', async () => {
    const channel = await createCamChannel(stage, { containerFormat: 'FRAGMENTED_MP4', recordingConfigurationArn: await createRecordingConfiguration(stage) });

    const encoder = pushTestCard(channel.ingestUrl, 7);
    await untilLive(channel);
    const [playlist] = await playlistsIn(channel.playbackUrl);
    const streams = await streamsAt(playlist!);
    await encoder.exit;
    await until('the recording', () => statuses().includes('Recording End'));
    const prefix = String(stage.told(recordingChange).at(-1)!['recording_s3_key_prefix']);
    const recorded = await recordedText(stage, `${prefix}/media/hls/360p30/playlist.m3u8`);
    const folder = `${prefix}/media/hls/360p30/`;
    const key = 'mp4/show-recording.mp4';
    const media = s3MediaFiles(stage.s3);
    const runs = filmRuns(folder, recorded);
    await writeFilm(media, { bucket: recordingBucket, key }, await media.read(recordingBucket, `${folder}init-0.mp4`), [...runs, ...runs]);
    const file = join(mkdtempSync(join(tmpdir(), 'film-')), 'show.mp4');
    writeFileSync(file, await media.read(recordingBucket, key));
    const [filmed, seconds] = [await streamsAt(file), await secondsOf(file)];
    rmSync(dirname(file), { recursive: true });

    expect(filmed).toEqual(streams);
    expect(Math.abs(seconds - 14)).toBeLessThan(0.5);
    expect(streams).toEqual([expect.objectContaining({ codec_name: 'h264', width: 640, height: 360 }), expect.objectContaining({ codec_name: 'aac' })]);
    expect((await recordedKeys(stage, `${prefix}/media/hls/360p30`)).filter((key) => key.endsWith('.mp4'))).toEqual(['0.mp4', '1.mp4', '2.mp4', '3.mp4', 'init-0.mp4']);
    expect(recorded.match(/#EXT-X-MAP:URI="init-0\.mp4"/g)).toHaveLength(1);
  });

  it('keeps what happened in its session', async () => {
    const channel = await createCamChannel(stage);

    await pushTestCard(channel.ingestUrl, 3).exit;
    await until('the end', () => states().includes('Stream End'));
    const { streamSessions } = await stage.ivs.send(new ListStreamSessionsCommand({ channelArn: channel.arn }));
    const { streamSession } = await stage.ivs.send(new GetStreamSessionCommand({ channelArn: channel.arn }));

    expect(streamSessions).toEqual([{ streamId: streamSession!.streamId, startTime: streamSession!.startTime, endTime: streamSession!.endTime, hasErrorEvent: false }]);
    expect(streamSession!.endTime!.getTime() - streamSession!.startTime!.getTime()).toBeGreaterThan(2000);
    expect(streamSession!.truncatedEvents!.map(({ name, type }) => [name, type])).toEqual(['Stream End', 'Session Ended', 'Stream Start', 'Session Created'].map((name) => [name, stateChange]));
    expect(streamSession!.ingestConfiguration).toMatchObject({ video: { videoWidth: 640, videoHeight: 360, targetFramerate: 30, codec: expect.stringMatching(/^avc1\./) }, audio: { codec: 'mp4a.40.2', sampleRate: 48_000 } });
    expect(streamSession!.channel).toMatchObject({ arn: channel.arn, type: 'BASIC' });
    expect(await outcomesOfSessions(ivsStreamWatch(stage.ivs), channel.arn)).toEqual([liveOutcome]);
  });

  it('has smaller renditions on a STANDARD channel', async () => {
    const channel = await createCamChannel(stage, { type: 'STANDARD' });

    const encoder = pushTestCard(channel.ingestUrl, 15);
    await untilLive(channel);
    const found = await Promise.all((await playlistsIn(channel.playbackUrl)).map(streamsAt));
    encoder.stop();

    expect(found.map(([video]) => video!['height'])).toEqual([360, 160]);
    expect(found.every(([, audio]) => audio!['codec_name'] === 'aac')).toBe(true);
  });

  it('needs a key that is valid now, and no other encoder', async () => {
    const channel = await createCamChannel(stage);

    const first = pushTestCard(channel.ingestUrl, 30);
    await untilLive(channel);
    const second = await pushTestCard(channel.ingestUrl, 3).exit;
    const stranger = await pushTestCard(ingestUrl(stage, 'sk_us-east-1_none'), 3).exit;
    await stage.ivs.send(new DeleteStreamKeyCommand({ arn: channel.keyArn }));
    const isStillLive = (await stage.ivs.send(new GetStreamCommand({ channelArn: channel.arn }))).stream!.state;
    await stage.ivs.send(new StopStreamCommand({ channelArn: channel.arn }));
    await first.exit;
    const revoked = await pushTestCard(channel.ingestUrl, 3).exit;

    expect([second, stranger, revoked].every((status) => status !== 0)).toBe(true);
    expect(isStillLive).toBe('LIVE');
    await until('the end', () => states().includes('Stream End'));
    expect(states()).toEqual(['Session Created', 'Stream Start', 'Session Ended', 'Stream End']);
  });

  it('is taken over by an encoder of a higher priority, with the same picture', async () => {
    const channel = await createCamChannel(stage, { recordingConfigurationArn: await createRecordingConfiguration(stage) });
    const events = () => stage.told(stateChange).map(({ event_name, code }) => (typeof code === 'string' ? `${String(event_name)}: ${code}` : event_name));

    const first = pushTestCard(`${channel.ingestUrl}?priority=2`, 30);
    await untilLive(channel);
    const lower = await pushTestCard(`${channel.ingestUrl}?priority=1`, 3).exit;
    const larger = await pushTestCard(`${channel.ingestUrl}?priority=3`, 3, { size: '320x180' }).exit;
    const second = await pushTestCard(`${channel.ingestUrl}?priority=3`, 6).exit;
    const replaced = await first.exit;
    await until('the recording', () => statuses().includes('Recording End'));

    expect([lower, larger, replaced].every((status) => status !== 0)).toBe(true);
    expect(second).toBe(0);
    expect(events()).toEqual(['Session Created', 'Stream Start', 'Stream Takeover Failure: StreamTakeoverInvalidPriority', 'Stream Takeover Failure: StreamTakeoverMediaMismatch', 'Stream Takeover', 'Session Ended', 'Stream End']);
    expect(new Set(stage.told(stateChange).map(({ stream_id }) => stream_id)).size).toBe(1);
    expect(Number(stage.told(recordingChange).at(-1)!['recording_duration_ms'])).toBeGreaterThan(7000);
  });

  it('is disconnected where its picture is too large', async () => {
    const channel = await createCamChannel(stage);

    await pushTestCard(channel.ingestUrl, 10, { size: '2048x64', realTime: false }).exit;
    await until('the end', () => states().includes('Session Ended'));

    expect(stage.told('IVS Limit Breach')).toEqual([{ limit_name: 'Ingest Resolution', limit_value: 1920, exceeded_by: 128, limit_unit: 'pixels per edge', channel_name: '', stream_id: expect.stringMatching(/^st-/) }]);
    expect(states()).toEqual(['Session Created', 'Session Ended']);
    expect((await stage.ivs.send(new ListStreamSessionsCommand({ channelArn: channel.arn }))).streamSessions).toEqual([expect.objectContaining({ hasErrorEvent: true, endTime: expect.any(Date) })]);
    expect(await outcomesOfSessions(ivsStreamWatch(stage.ivs), channel.arn)).toEqual([neverLiveOutcome]);
  });

  it('is one recording with the stream that follows within the reconnect window', async () => {
    const channel = await createCamChannel(stage, { recordingConfigurationArn: await createRecordingConfiguration(stage, 60) });

    await pushTestCard(channel.ingestUrl, 4).exit;
    await pushTestCard(channel.ingestUrl, 4).exit;
    await until('the recording', () => statuses().includes('Recording End'), 30_000);
    const [start, end] = stage.told(recordingChange);
    const playlist = await recordedText(stage, `${String(end!['recording_s3_key_prefix'])}/media/hls/360p30/playlist.m3u8`);

    expect(statuses()).toEqual(['Recording Start', 'Recording End']);
    expect([formOf(start!), formOf(end!)]).toEqual([formOf(documented.recordingStart.detail), formOf(documented.recordingEnd.detail)]);
    expect(end!['recording_s3_key_prefix']).toBe(start!['recording_s3_key_prefix']);
    expect(end!['recording_session_stream_ids']).toHaveLength(2);
    expect(Math.abs(Number(end!['recording_duration_ms']) - 8000)).toBeLessThan(500);
    expect(playlist.match(/#EXT-X-DISCONTINUITY/g)).toHaveLength(1);
  });

  it('fails to be recorded where the bucket has gone, is live all the same, and is tried anew when it comes back', async () => {
    const channel = await createCamChannel(stage, { recordingConfigurationArn: await createRecordingConfiguration(stage, 60) });
    await stage.s3.send(new DeleteBucketCommand({ Bucket: recordingBucket }));

    const encoder = pushTestCard(channel.ingestUrl, 3);
    await untilLive(channel);
    await encoder.exit;
    await until('the end', () => states().includes('Stream End'));
    const outcomes = await outcomesOfSessions(ivsStreamWatch(stage.ivs), channel.arn);
    await stage.s3.send(new CreateBucketCommand({ Bucket: recordingBucket }));
    await pushTestCard(channel.ingestUrl, 3).exit;
    await until('a recording', () => statuses().length > 1);
    const [failed, begun] = stage.told(recordingChange);

    expect(outcomes).toEqual([unrecordedOutcome]);
    expect(formOf(failed!)).toEqual(formOf(documented.recordingStartFailure.detail));
    expect(failed).toMatchObject({ recording_status: 'Recording Start Failure', recording_status_reason: expect.stringContaining('NoSuchBucket'), recording_s3_key_prefix: '', recording_duration_ms: 0 });
    expect(begun).toMatchObject({ recording_status: 'Recording Start', recording_status_reason: '' });
    expect(stage.sum('RecordedTime', { Channel: channel.id })).toBeLessThan(4);
  });
});

const expectRecorded = async (on: IvsStage, channel: CamChannel, streamId: string): Promise<void> => {
  const [start, end] = on.told(recordingChange);
  const prefix = String(end!['recording_s3_key_prefix']);
  const keys = await recordedKeys(on, prefix);
  const metadata: unknown = JSON.parse(await recordedText(on, `${prefix}/events/recording-ended.json`));
  const playlist = await recordedText(on, `${prefix}/media/hls/360p30/playlist.m3u8`);

  expect(prefix).toMatch(new RegExp(`^ivs/v1/123456789012/${channel.id}/\\d{4}/[1-9]\\d?/[1-9]\\d?/\\d\\d?/\\d\\d?/[A-Za-z0-9]{12}$`));
  expect(start).toMatchObject({ recording_status: 'Recording Start', recording_s3_bucket_name: recordingBucket, recording_s3_key_prefix: prefix, recording_duration_ms: 0, recording_status_reason: '' });
  expect(end).toMatchObject({ recording_session_id: start!['recording_session_id'], recording_session_stream_ids: [streamId], stream_id: streamId });
  expect(keys).toEqual(['events/recording-ended.json', 'events/recording-started.json', ...[0, 1, 2, 3].map((number) => `media/hls/360p30/${number}.ts`), 'media/hls/360p30/playlist.m3u8', 'media/hls/master.m3u8']);
  expect(metadata).toMatchObject({ version: 'v1', channel_arn: channel.arn, recording_status: 'RECORDING_ENDED', media: { hls: { duration_ms: end!['recording_duration_ms'], path: 'media/hls', playlist: 'master.m3u8', renditions: [{ path: '360p30', playlist: 'playlist.m3u8', resolution_width: 640, resolution_height: 360 }] } } });
  expect(playlist).toContain('#EXT-X-PLAYLIST-TYPE:VOD');
  expect(playlist).toContain('#EXT-X-ENDLIST');
  expect(await recordedText(on, `${prefix}/media/hls/master.m3u8`)).toContain('360p30/playlist.m3u8');
};
