import { ivsCamControl } from '../../../../../lambda/adapters/ivs/cam-control.ts';
import { ivsStreamWatch } from '../../../../../lambda/adapters/ivs/stream-watch.ts';
import { s3ObjectListing } from '../../../../../lambda/adapters/s3/s3-object-listing.ts';
import { s3PlaylistFiles } from '../../../../../lambda/adapters/s3/s3-playlist-files.ts';
import { s3ServiceRecordings } from '../../../../../lambda/adapters/s3/s3-service-recordings.ts';
import { readIngest } from '../../../../../lambda/domain/breakouts/read-ingest.ts';
import { prepareChannel } from '../../../../../lambda/domain/breakouts/show/prepare-channel.ts';
import { checkRunning, startChannel } from '../../../../../lambda/domain/breakouts/show/start-channel.ts';
import { startBreakout } from '../../../../../lambda/domain/breakouts/start-breakout.ts';
import { settleStreams } from '../../../../../lambda/domain/monitoring/cam/settle-streams.ts';
import { recordShow } from '../../../../../lambda/domain/recordings/cam/record-show.ts';
import { timeScale } from '../../../../../local/runtime/clock.ts';
import { createCamChannel, createRecordingConfiguration, ingestUrl } from '../../../../support/ivs/cam-channel.ts';
import { type IvsStage, recordingBucket, startIvsStage } from '../../../../support/ivs/ivs-stage.ts';
import { pushTestCard } from '../../../../support/media/test-card.ts';
import { bookedShow } from '../../../../support/shows/a-booked-show.ts';
import { aCamPipeline } from '../../../../support/shows/a-cam-plan.ts';
import { aCaller } from '../../../../support/shows/a-plan.ts';
import { camWorld } from '../../../../support/shows/cam-world.ts';
import { swiftClock } from '../../../../support/swift-clock.ts';
import { until } from '../../../../support/until.ts';
import { aRecording } from '../../../../support/usage/a-show.ts';

// The reconnect window is four seconds: a stream that did not wait for its end has its first segment within it, and would go on with the stranger's recording.
const clock = swiftClock(Date.parse('2026-11-23T10:00:00.000Z'), 30);
const reconnectWindowSeconds = 120;
let stage: IvsStage;

beforeAll(async () => {
  stage = await startIvsStage({ clock, scale: timeScale(1) });
});

afterAll(() => stage.close());

/** A show on a channel of local IVS that is recorded, and that has had a key before. */
const bookedOnIvs = async () => {
  const configurationArn = await createRecordingConfiguration(stage, reconnectWindowSeconds);
  const channel = await createCamChannel(stage, { recordingConfigurationArn: configurationArn });
  const pipeline = aCamPipeline({ channel: { ...aCamPipeline().channel, channelArn: channel.arn }, recording: { bucket: recordingBucket, configurationArn, reconnectWindowSeconds } });
  const deps = { ...camWorld([pipeline]).deps, cams: ivsCamControl(stage.ivs), streams: ivsStreamWatch(stage.ivs), now: () => clock.now() };
  const { breakoutId } = await bookedShow({ deps }, { pipelineId: pipeline.pipelineId });
  return { deps, pipeline, channel, breakoutId };
};

const ends = () => stage.told('IVS Recording State Change').filter(({ recording_status }) => recording_status === 'Recording End');

describe('the recording of a show that a stranger streamed before', () => {
  it('is its own, though it begins as soon as it may', async () => {
    const { deps, pipeline, channel, breakoutId } = await bookedOnIvs();
    const stranger = pushTestCard(channel.ingestUrl, 60);
    await until('the stranger', async () => (await deps.streams.now(channel.arn)) !== undefined);
    const { attempt } = await startBreakout(deps)({ caller: aCaller(), breakoutId });
    const show = { breakoutId, attempt };
    await prepareChannel(deps)(show);
    await startChannel(deps)(show);
    const strangersExit = await stranger.exit;
    await until('the pipeline to be armed', async () => (await checkRunning(deps)(show)).status === 'DONE');
    const [{ streamKey = '' } = {}] = (await readIngest(deps)(aCaller(), breakoutId)).endpoints;
    const exit = await pushTestCard(ingestUrl(stage, streamKey), 2).exit;
    await until('both recordings', () => ends().length === 2);
    await settleStreams({ ...deps, announcements: { publish: async () => undefined } })({ ...show, accountId: aCaller().accountId });
    const sessions = await deps.sessions.list(breakoutId);
    const recorded = await recordShow({
      cam: { runs: deps.camRuns, sessions: deps.sessions }, serviceRecordings: s3ServiceRecordings(stage.s3), objects: s3ObjectListing(stage.s3), playlists: s3PlaylistFiles(stage.s3), now: () => new Date(clock.now()),
    })(await deps.breakouts.get(breakoutId), pipeline, { ...aRecording(), breakoutId, bucket: recordingBucket, status: 'PROCESSING' });

    expect([strangersExit === 0, exit]).toEqual([false, 0]);
    expect(sessions).toHaveLength(1);
    expect(ends().map(({ recording_session_stream_ids: streams }) => streams)).toEqual([[expect.not.stringMatching(sessions[0]!.streamId)], [sessions[0]!.streamId]]);
    expect(recorded).toMatchObject({ status: 'READY', inPlace: [{ folder: `${String(ends()[1]!['recording_s3_key_prefix'])}/` }] });
    expect(recorded).not.toHaveProperty('failure');
    expect(Math.abs((recorded.inPlace?.[0]?.durationMilliseconds ?? 0) - 2_000)).toBeLessThan(500);
  });
});
