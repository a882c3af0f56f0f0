import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeChannelCommand, ListChannelsCommand, MediaLiveClient } from '@aws-sdk/client-medialive';
import type { z } from 'zod';
import type { BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import type { RecordingBody } from '../../lambda/contract/api/recordings.ts';
import { usageLinesSchema, type breakoutUsageSchema, type usageLineSchema } from '../../lambda/contract/api/usage.ts';
import { startEncoder, type Encoder } from '../../scripts/demo/encoder.ts';
import { startViewer } from '../../scripts/demo/viewer.ts';
import { witnessWith } from '../../scripts/demo/witness.ts';
import { bodyOf, problemOf } from '../support/journeys/api-client.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aShortTail } from '../support/journeys/pipelines.ts';
import { aBreakout, anEvent, answerOnce, becomes, breakoutNow, hoursAhead, ingestUrlsOf, playbackUrlOf, usageOnce } from '../support/journeys/plans.ts';
import { recordingOf, recordingsBucketOf } from '../support/journeys/recordings.ts';
import { watchShow } from '../support/journeys/show-watch.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';

const [main, spare] = ['pl_main', 'pl_spare'];

let stage: StageDriver;
let harbour: AccountCast;
let show: BreakoutBody;
let encoder: Encoder;
let folder: string;

/** Feeds the show where it is now, and watches so many seconds of it. */
const feedAndWatch = async (seconds: number): Promise<void> => {
  encoder = startEncoder({ urls: await ingestUrlsOf(harbour.producer, show.breakoutId), height: 240 });
  const viewer = startViewer(await playbackUrlOf(harbour.viewer, show.breakoutId), join(folder, `${Date.now()}.ts`));
  await answerOnce(`${seconds} s of the show`, 60, async () => (viewer.viewing.seconds >= seconds ? true : undefined));
  await viewer.leave();
};

/** Given a show that is watched on one pipeline while another one is free. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'journey-change-'));
  stage = await openStage({ pipelines: [aShortTail(main, { ladder: 'small' }), aShortTail(spare, { ladder: 'small' })] });
  harbour = await anAccount(stage);
  const { eventId } = await anEvent(harbour.producer);
  show = await aBreakout(harbour.producer, eventId, main, { wantsMp4: true });
  await harbour.producer.post(`/breakouts/${show.breakoutId}/start`);
  await becomes(harbour.producer, show.breakoutId, 'RUNNING');
  await feedAndWatch(6);
});

afterAll(async () => {
  await encoder.stop();
  await stage.close();
  rmSync(folder, { recursive: true });
});

describe('when its pipeline is changed in mid-show', () => {
  it('refuses a pipeline that there is not', async () => {
    expect(problemOf(await harbour.producer.post(`/breakouts/${show.breakoutId}/change-pipeline`, { pipelineId: 'pl_none' })).status).toBe(400);
  });

  it('goes on with the spare one, for its encoders and viewers', async () => {
    const before = await ingestUrlsOf(harbour.producer, show.breakoutId);
    const answer = await harbour.producer.post(`/breakouts/${show.breakoutId}/change-pipeline`, { pipelineId: spare });
    await encoder.stop();
    const { pipelineId, earlierPipelines } = await becomes(harbour.producer, show.breakoutId, 'RUNNING');
    await feedAndWatch(6);

    expect(answer.status).toBe(202);
    expect(pipelineId).toBe(spare);
    expect(earlierPipelines).toMatchObject([{ pipelineId: main }]);
    expect(before).not.toContain((await ingestUrlsOf(harbour.producer, show.breakoutId))[0]);
    expect(await watchShow(harbour.producer, show.breakoutId).logged('&type=SHOW')).toContain('SHOW PIPELINE_CHANGED');
  }, 120_000);

  it('stops the pipeline that it has left, and holds it for the last viewers', async () => {
    const { earlierPipelines: [left] = [] } = await answerOnce('the end on the first pipeline', 60, async () => {
      const now = await breakoutNow(harbour.producer, show.breakoutId);
      return now.earlierPipelines?.[0]?.tailEndsAt === undefined ? undefined : now;
    });
    const next = await aBreakout(harbour.producer, show.eventId, main, { startsAt: hoursAhead(1.2), endsAt: hoursAhead(1.5) });

    expect(Date.parse(left!.tailEndsAt!) - Date.parse(left!.stoppedAt!)).toBe(38_000);
    expect(problemOf(await harbour.producer.post(`/breakouts/${next.breakoutId}/start`))).toMatchObject({ status: 409, code: 'pipeline-held', details: { breakoutId: show.breakoutId } });
  });
});

describe('when it has ended', () => {
  let recording: RecordingBody;
  let usage: z.infer<typeof breakoutUsageSchema>;
  let lines: readonly z.infer<typeof usageLineSchema>[];

  const nanoDollars = (usd: string): bigint => {
    const [whole, fraction = ''] = usd.split('.');
    return BigInt(`${whole!}${fraction.padEnd(9, '0')}`);
  };

  beforeAll(async () => {
    await encoder.stop();
    await harbour.producer.post(`/breakouts/${show.breakoutId}/stop`);
    show = await becomes(harbour.producer, show.breakoutId, 'COMPLETED');
    recording = await answerOnce('the recording', 120, async () => {
      const now = await recordingOf(harbour.producer, show.breakoutId);
      return now?.status === 'PROCESSING' ? undefined : now;
    });
    usage = await usageOnce(harbour.producer, show.breakoutId, ({ status, categories }) => status !== 'NONE' && categories.conversion !== null);
    ({ items: lines } = bodyOf(await harbour.producer.get(`/breakouts/${show.breakoutId}/usage/lines?limit=100`), 200, usageLinesSchema));
  }, 240_000);

  it('has one recording of what ran on both', async () => {
    expect(recording.status).toBe('READY');
    const witness = witnessWith(stage.aws);
    const mp4 = recording.files.find(({ key }) => key.endsWith('.mp4'))!;
    const file = join(folder, 'recording.mp4');
    await witness.download([{ bucket: await recordingsBucketOf(stage), key: mp4.key, bytes: Number(mp4.bytes) }], file);

    expect(witness.duration(file)).toBeGreaterThan(12);
    expect(witness.duration(file) * 1000).toBeLessThan(Number(usage.categories.streaming!.runMilliseconds) + 4000);
  });

  it('is charged for both runs, each once', async () => {
    const ofRun = (run: number) => lines.filter(({ key }) => key.startsWith(`streaming/run-${run}/`));
    const times = [1, 2].map((run) => ofRun(run).filter(({ key }) => key.endsWith('/time')).map(({ quantity }) => Number(quantity!.amount)));

    expect(times).toEqual([[expect.any(Number)], [expect.any(Number)]]);
    expect(times.flat().reduce((sum, time) => sum + time, 0)).toBe(Number(usage.categories.streaming!.runMilliseconds));
    expect(Number(usage.categories.streaming!.billableMinutes)).toBe(20);
    // Two inputs, three rungs and the archive.
    for (const run of [1, 2]) expect(ofRun(run).filter(({ usd }) => Number(usd) > 0)).toHaveLength(6);
  });

  it('has usage that is the sum of its lines', () => {
    const borne = lines.filter(({ owner, usd }) => owner === 'BREAKOUT' && usd !== undefined);

    expect(borne.reduce((sum, { usd }) => sum + nanoDollars(usd!), 0n)).toBe(nanoDollars(usage.totalUsd));
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
  });

  it('leaves nothing running', async () => {
    const mediaLive = new MediaLiveClient(stage.aws);
    const { Channels = [] } = await mediaLive.send(new ListChannelsCommand({}));
    const states = await Promise.all(Channels.map(async ({ Id }) => (await mediaLive.send(new DescribeChannelCommand({ ChannelId: Id }))).State));
    mediaLive.destroy();

    expect(states).toEqual(['IDLE', 'IDLE']);
  });
});
