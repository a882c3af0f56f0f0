import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeInputSecurityGroupCommand, ListInputSecurityGroupsCommand, MediaLiveClient, UpdateInputSecurityGroupCommand } from '@aws-sdk/client-medialive';
import type { BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import { problemOf } from '../support/journeys/api-client.ts';
import { subscribeToAnnouncements, type Announced } from '../support/journeys/announcements.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aShortTail, ownSources } from '../support/journeys/pipelines.ts';
import { aBreakout, anEvent, answerOnce, becomes, ingestUrlsOf, usageOnce } from '../support/journeys/plans.ts';
import { recordingOf } from '../support/journeys/recordings.ts';
import { runFunction } from '../support/journeys/run-function.ts';
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

const start = async ({ breakoutId }: BreakoutBody): Promise<BreakoutBody> => {
  await harbour.producer.post(`/breakouts/${breakoutId}/start`);
  return becomes(harbour.producer, breakoutId, 'RUNNING');
};

/** Given a stage on which a show runs that nobody feeds, for as long as everything else takes. */
beforeAll(async () => {
  stage = await openStage({ pipelines: [aShortTail('pl_primary'), aShortTail('pl_other'), aShortTail('pl_unfed')], noInputStopSeconds: 60 });
  mediaLive = new MediaLiveClient(stage.aws);
  harbour = await anAccount(stage);
  announced = await subscribeToAnnouncements(stage.aws);
  ({ eventId } = await anEvent(harbour.producer));
  unfed = await start(await aBreakout(harbour.producer, eventId, 'pl_unfed', { title: 'Nobody comes' }));
});

afterAll(async () => {
  announced.close();
  mediaLive.destroy();
  await stage.close();
});

describe('given a show whose start failed', () => {
  let show: BreakoutBody;
  let secrets: SecretsManagerClient;
  let secretId: string;

  beforeAll(async () => {
    show = await aBreakout(harbour.producer, eventId, 'pl_other');
    await ingestUrlsOf(harbour.producer, show.breakoutId);
    secrets = new SecretsManagerClient(stage.aws);
    secretId = `visionstream/local/stream-names/${show.breakoutId}`;
  });

  afterAll(async () => {
    secrets.destroy();
    // Nobody feeds it either, but it is not the one that the guard is to find.
    await harbour.producer.post(`/breakouts/${show.breakoutId}/abort`);
  });

  it('tells the cause, and runs nothing', async () => {
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: secretId }));
    await secrets.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: 'spoilt by hand' }));
    await harbour.producer.post(`/breakouts/${show.breakoutId}/start`);

    const { failure } = await becomes(harbour.producer, show.breakoutId, 'FAILED');
    await secrets.send(new PutSecretValueCommand({ SecretId: secretId, SecretString }));
    const { status } = await watchShow(harbour.producer, show.breakoutId).healthOnce('a pipeline that is free of it', ({ channelState }) => channelState === null);

    expect(failure?.message).not.toBe('');
    expect(status).toBe('FAILED');
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

    await runFunction(stage, 'reconciler');

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
      await runFunction(stage, 'reconciler');
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
