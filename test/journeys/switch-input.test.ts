import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readContinuity } from '../../scripts/demo/continuity.ts';
import { startViewer } from '../../scripts/demo/viewer.ts';
import { problemOf } from '../support/journeys/api-client.ts';
import { subscribeToAnnouncements, type Announced } from '../support/journeys/announcements.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { aShowOnAir, type ShowOnAir } from '../support/journeys/on-air.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aShortTail } from '../support/journeys/pipelines.ts';
import { answerOnce, becomes, playbackUrlOf } from '../support/journeys/plans.ts';
import { watchShow } from '../support/journeys/show-watch.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';

const inputs = ['primary', 'backup'] as const;
type InputName = (typeof inputs)[number];
const otherThan = (input: InputName): InputName => (input === 'primary' ? 'backup' : 'primary');

describe('given a show whose inputs are equal, fed by two encoders', () => {
  let folder: string;
  let stage: StageDriver;
  let harbour: AccountCast;
  let announced: Announced;
  let show: ShowOnAir;
  let onAir: InputName;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'journey-switch-input-'));
    stage = await openStage({ pipelines: [aShortTail('pl_equal', { failover: { preference: 'EQUAL_INPUT_PREFERENCE' } }), aShortTail('pl_other')] });
    harbour = await anAccount(stage);
    announced = await subscribeToAnnouncements(stage.aws);
    show = await aShowOnAir(harbour, 'pl_equal', { height: 240 });
  });

  afterAll(async () => {
    await show.stop();
    announced.close();
    await stage.close();
    rmSync(folder, { recursive: true });
  });

  it('switches to the other input, and plays on', async () => {
    const watch = watchShow(harbour.producer, show.breakoutId);
    const { pipelines: [before] } = await watch.healthOnce('both encoders', ({ inputs, pipelines: [pipeline] }) => inputs.every(({ arriving }) => arriving === 'YES') && pipeline?.activeInput !== undefined);
    // Of equal inputs the one that was there first is on air, or that which a busy machine kept waiting least.
    onAir = before?.activeInput === 'backup' ? 'backup' : 'primary';
    const other = otherThan(onAir);
    const file = join(folder, 'watched.ts');
    const viewer = startViewer(await playbackUrlOf(harbour.viewer, show.breakoutId), file);
    await answerOnce('a second segment', 30, async () => (viewer.viewing.segments >= 2 ? true : undefined));
    // Who comes before the first segment is told so, and waits.
    const { failedResponses } = viewer.viewing;

    const answer = await harbour.producer.post(`/breakouts/${show.breakoutId}/switch-input`, { input: other });
    const { pipelines } = await watch.healthOnce('the other input', ({ pipelines: [pipeline] }) => pipeline?.activeInput === other);
    onAir = other;
    const { segments } = viewer.viewing;
    await answerOnce('three more segments', 30, async () => (viewer.viewing.segments >= segments + 3 ? true : undefined));
    await viewer.leave();

    expect(answer.status).toBe(202);
    expect(pipelines).toMatchObject([{ pipeline: '0', activeInput: other }]);
    expect(await watch.loggedOnce(`INPUT SWITCHED ${other}`)).not.toContain(`INPUT FAILED_OVER ${other}`);
    expect(viewer.viewing.failedResponses).toBe(failedResponses);
    expect(readContinuity(file, 30).missingFrames).toBe(0);
  }, 120_000);

  it('refuses an input that it has not', async () => {
    const answer = await harbour.producer.post(`/breakouts/${show.breakoutId}/switch-input`, { input: 'third' });

    expect(problemOf(answer)).toMatchObject({ status: 400, code: 'unknown-input', fields: ['/input'] });
  });

  it('tells subscribers of the input that is lost', async () => {
    const { startedAt = '' } = await becomes(harbour.producer, show.breakoutId, 'RUNNING');
    // What is missing in the first half minute of a channel is not announced as lost.
    await answerOnce('half a minute of the show', 60, async () => (Date.now() > Date.parse(startedAt) + 35_000 ? true : undefined));

    const other = otherThan(onAir);
    show.encoder.uplinks[inputs.indexOf(onAir)]!.cut();
    const lost = await announced.once('the loss', ({ kind, input }) => kind === 'INPUT_LOST' && input === onAir);
    const changed = await announced.once('the failover', ({ kind, input }) => kind === 'FAILED_OVER' && input === other);

    expect(lost).toMatchObject({ pipelineId: 'pl_equal', input: onAir, show: { breakoutId: show.breakoutId, accountId: harbour.accountId } });
    expect(changed).toMatchObject({ pipelineId: 'pl_equal', input: other, show: { breakoutId: show.breakoutId } });
  }, 120_000);
});
