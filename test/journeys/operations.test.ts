import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeInputSecurityGroupCommand, ListInputSecurityGroupsCommand, MediaLiveClient, UpdateInputSecurityGroupCommand } from '@aws-sdk/client-medialive';
import type { BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import { readContinuity } from '../../scripts/demo/continuity.ts';
import { startEncoder, type Encoder } from '../../scripts/demo/encoder.ts';
import { startViewer } from '../../scripts/demo/viewer.ts';
import { problemOf } from '../support/journeys/api-client.ts';
import { subscribeToAnnouncements, type Announced } from '../support/journeys/announcements.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aShortTail, ownSources } from '../support/journeys/pipelines.ts';
import { aBreakout, anEvent, answerOnce, becomes, ingestUrlsOf, playbackUrlOf, usageOnce } from '../support/journeys/plans.ts';
import { recordingOf } from '../support/journeys/recordings.ts';
import { reconcileNow } from '../support/journeys/reconcile-now.ts';
import { watchShow } from '../support/journeys/show-watch.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';
import { pushTestCard } from '../support/media/test-card.ts';

const declaredSources = ['198.51.100.0/24'];

let stage: StageDriver;
let harbour: AccountCast;
let announced: Announced;
let mediaLive: MediaLiveClient;
let eventId: string;
let unfed: BreakoutBody;
let encoder: Encoder | undefined;

const start = async ({ breakoutId }: BreakoutBody): Promise<BreakoutBody> => {
  await harbour.producer.post(`/breakouts/${breakoutId}/start`);
  return becomes(harbour.producer, breakoutId, 'RUNNING');
};

/** Given a stage on which a show runs that nobody feeds, for as long as everything else takes. */
beforeAll(async () => {
  const byHand = { failover: { preference: 'EQUAL_INPUT_PREFERENCE' } };
  stage = await openStage({ pipelines: [aShortTail('pl_primary'), aShortTail('pl_equal', byHand), aShortTail('pl_unfed')], noInputStopSeconds: 60 });
  mediaLive = new MediaLiveClient(stage.aws);
  harbour = await anAccount(stage);
  announced = await subscribeToAnnouncements(stage.aws);
  ({ eventId } = await anEvent(harbour.producer));
  unfed = await start(await aBreakout(harbour.producer, eventId, 'pl_unfed', { title: 'Nobody comes' }));
});

afterAll(async () => {
  await encoder?.stop();
  announced.close();
  mediaLive.destroy();
  await stage.close();
});

describe('given a show whose start failed', () => {
  let show: BreakoutBody;
  let secrets: SecretsManagerClient;
  let secretId: string;

  beforeAll(async () => {
    show = await aBreakout(harbour.producer, eventId, 'pl_equal');
    await ingestUrlsOf(harbour.producer, show.breakoutId);
    secrets = new SecretsManagerClient(stage.aws);
    secretId = `visionstream/local/stream-names/${show.breakoutId}`;
  });

  afterAll(() => secrets.destroy());

  it('tells the cause, and runs nothing', async () => {
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: secretId }));
    await secrets.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: 'spoilt by hand' }));
    await harbour.producer.post(`/breakouts/${show.breakoutId}/start`);

    const { failure } = await becomes(harbour.producer, show.breakoutId, 'FAILED');

    expect(failure?.message).not.toBe('');
    expect(await watchShow(harbour.producer, show.breakoutId).health()).toMatchObject({ status: 'FAILED', channelState: null });
    await secrets.send(new PutSecretValueCommand({ SecretId: secretId, SecretString }));
  });

  it('is scheduled again by a reset, and starts', async () => {
    const reset = await answerOnce('the reset', 60, async () => {
      const answer = await harbour.producer.post(`/breakouts/${show.breakoutId}/reset`);
      return answer.status === 200 ? JSON.parse(answer.text) : undefined;
    });

    expect(reset).toMatchObject({ status: 'SCHEDULED' });
    expect(reset).not.toHaveProperty('failure');
    await start(show);
    expect(await watchShow(harbour.producer, show.breakoutId).logged('&type=SHOW')).toEqual(['SHOW START_REQUESTED', 'SHOW FAILED', 'SHOW RESET', 'SHOW START_REQUESTED', 'SHOW STARTED']);
  });

  it('is reset no second time', async () => {
    expect(problemOf(await harbour.producer.post(`/breakouts/${show.breakoutId}/reset`))).toMatchObject({ status: 409, code: 'breakout-not-failed' });
  });

  describe('and that two encoders feed now', () => {
    let folder: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'journey-operations-'));
      encoder = startEncoder({ urls: await ingestUrlsOf(harbour.producer, show.breakoutId), height: 240 });
    });

    afterAll(() => rmSync(folder, { recursive: true }));

    it('switches to the other input, and plays on', async () => {
      const watch = watchShow(harbour.producer, show.breakoutId);
      await watch.healthOnce('both encoders', ({ inputs }) => inputs.every(({ arriving }) => arriving === 'YES'));
      const file = join(folder, 'watched.ts');
      const viewer = startViewer(await playbackUrlOf(harbour.viewer, show.breakoutId), file);
      await answerOnce('a second segment', 30, async () => (viewer.viewing.segments >= 2 ? true : undefined));
      // Who comes before the first segment is told so, and waits.
      const { failedResponses } = viewer.viewing;

      const answer = await harbour.producer.post(`/breakouts/${show.breakoutId}/switch-input`, { input: 'backup' });
      const { pipelines } = await watch.healthOnce('the other input', ({ pipelines: [pipeline] }) => pipeline?.activeInput === 'backup');
      const { segments } = viewer.viewing;
      await answerOnce('three more segments', 30, async () => (viewer.viewing.segments >= segments + 3 ? true : undefined));
      await viewer.leave();

      expect(answer.status).toBe(202);
      expect(pipelines).toMatchObject([{ pipeline: '0', activeInput: 'backup' }]);
      expect(await watch.loggedOnce('INPUT SWITCHED backup')).not.toContain('INPUT FAILED_OVER backup');
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

      encoder!.uplinks[1]!.cut();
      const lost = await announced.once('the loss', ({ kind }) => kind === 'INPUT_LOST');
      const changed = await announced.once('the failover', ({ kind }) => kind === 'FAILED_OVER');

      expect(lost).toMatchObject({ pipelineId: 'pl_equal', input: 'backup', show: { breakoutId: show.breakoutId, accountId: harbour.accountId } });
      expect(changed).toMatchObject({ pipelineId: 'pl_equal', input: 'primary', show: { breakoutId: show.breakoutId } });
    }, 120_000);
  });
});

describe('given a show with sources of its own', () => {
  let show: BreakoutBody;
  let groupId: string;

  const letIn = async (): Promise<readonly (string | undefined)[]> =>
    (await mediaLive.send(new DescribeInputSecurityGroupCommand({ InputSecurityGroupId: groupId }))).WhitelistRules!.map(({ Cidr }) => Cidr);

  beforeAll(async () => {
    show = await start(await aBreakout(harbour.producer, eventId, 'pl_primary', { sources: declaredSources }));
    const { InputSecurityGroups = [] } = await mediaLive.send(new ListInputSecurityGroupsCommand({}));
    groupId = InputSecurityGroups.find(({ WhitelistRules = [] }) => WhitelistRules.some(({ Cidr }) => Cidr === declaredSources[0]))!.Id!;
  });

  it('lets in these alone', async () => {
    expect(await letIn()).toEqual(declaredSources);
    expect(await pushTestCard((await ingestUrlsOf(harbour.producer, show.breakoutId))[0]!, 1).exit).not.toBe(0);
    expect(await watchShow(harbour.producer, show.breakoutId).logged('&type=SOURCES')).toEqual(['SOURCES APPLIED']);
  });

  it('has them again after a deploy has undone them', async () => {
    await mediaLive.send(new UpdateInputSecurityGroupCommand({ InputSecurityGroupId: groupId, WhitelistRules: ownSources.map((Cidr) => ({ Cidr })) }));

    await reconcileNow(stage.aws);

    expect(await letIn()).toEqual(declaredSources);
    expect(await watchShow(harbour.producer, show.breakoutId).logged('&type=GUARD')).toEqual(['GUARD REPAIRED']);
  });

  it('switches no input that the channel prefers', async () => {
    const problem = problemOf(await harbour.producer.post(`/breakouts/${show.breakoutId}/switch-input`, { input: 'backup' }));

    expect(problem).toMatchObject({ status: 409, code: 'input-not-switchable', details: { preference: 'PRIMARY_INPUT_PREFERRED' } });
    expect(problem.detail).toContain('configure it with EQUAL_INPUT_PREFERENCE');
  });

  it('is aborted, and gives the inputs back', async () => {
    const answer = await harbour.producer.post(`/breakouts/${show.breakoutId}/abort`);
    const { stopReason } = await becomes(harbour.producer, show.breakoutId, 'ABORTED');
    const logged = await watchShow(harbour.producer, show.breakoutId).loggedOnce('SOURCES REMOVED');

    expect(answer.status).toBe(202);
    expect(stopReason).toBe('ABORTED');
    expect(await letIn()).toEqual(ownSources);
    expect(logged).toContain('SHOW ABORTED');
  });

  it('is charged what it ran, and not converted', async () => {
    const { categories } = await usageOnce(harbour.producer, show.breakoutId, ({ status, categories: { streaming } }) => status !== 'NONE' && streaming !== null);

    expect(Number(categories.streaming?.usd)).toBeGreaterThan(0);
    expect(categories.conversion).toBeNull();
    expect((await recordingOf(harbour.producer, show.breakoutId))?.status).toBe('NONE');
  });
});

describe('given a show that nobody feeds', () => {
  it('is stopped, and says why', async () => {
    const watch = watchShow(harbour.producer, unfed.breakoutId);

    await answerOnce('the guard', 180, async () => {
      await reconcileNow(stage.aws);
      return (await watch.logged()).includes('GUARD NO_INPUT') ? true : undefined;
    });
    const { stopReason } = await becomes(harbour.producer, unfed.breakoutId, 'COMPLETED');

    expect(stopReason).toBe('NO_INPUT');
    expect(await watch.health()).toMatchObject({ status: 'COMPLETED', channelState: 'IDLE' });
  }, 240_000);

  it('is announced as stopped, once', async () => {
    const { show } = await announced.once('the stop', ({ kind }) => kind === 'STOPPED_BY_GUARD');

    expect(show).toMatchObject({ breakoutId: unfed.breakoutId, title: 'Nobody comes' });
    expect(announced.received.filter(({ kind }) => kind === 'STOPPED_BY_GUARD')).toHaveLength(1);
  });
});
