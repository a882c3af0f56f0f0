import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeChannelCommand, ListChannelsCommand, MediaLiveClient } from '@aws-sdk/client-medialive';
import type { BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import { accountUsageSchema, usageLinesSchema } from '../../lambda/contract/api/usage.ts';
import { startEncoder, type Encoder } from '../../scripts/demo/encoder.ts';
import { bodyOf } from '../support/journeys/api-client.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { startLocalStage, type LocalStage } from '../support/journeys/local-stage.ts';
import { aShortTail } from '../support/journeys/pipelines.ts';
import { aBreakout, anEvent, answerOnce, becomes, breakoutNow, hoursAhead, ingestUrlsOf, usageOnce } from '../support/journeys/plans.ts';
import { reconcileNow } from '../support/journeys/reconcile-now.ts';
import { watchShow } from '../support/journeys/show-watch.ts';

let dataFolder: string;
let stage: LocalStage;
let harbour: AccountCast;
let show: BreakoutBody;
let encoder: Encoder;

const startStage = (): Promise<LocalStage> => startLocalStage({ dataFolder, pipelines: [aShortTail('pl_small'), aShortTail('pl_spare')] });

const channelStates = async (): Promise<readonly (string | undefined)[]> => {
  const mediaLive = new MediaLiveClient(stage.aws);
  const { Channels = [] } = await mediaLive.send(new ListChannelsCommand({}));
  const states = await Promise.all(Channels.map(async ({ Id }) => (await mediaLive.send(new DescribeChannelCommand({ ChannelId: Id }))).State));
  mediaLive.destroy();
  return states;
};

/** Given a show on air whose platform is killed, and started again on the same data. */
beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'journey-killed-'));
  stage = await startStage();
  harbour = await anAccount(stage);
  const { eventId } = await anEvent(harbour.producer);
  show = await aBreakout(harbour.producer, eventId, 'pl_small');
  await harbour.producer.post(`/breakouts/${show.breakoutId}/start`);
  await becomes(harbour.producer, show.breakoutId, 'RUNNING');
  encoder = startEncoder({ urls: await ingestUrlsOf(harbour.producer, show.breakoutId), height: 240 });
  await watchShow(harbour.producer, show.breakoutId).healthOnce('its encoders', ({ inputs }) => inputs.every(({ arriving }) => arriving === 'YES'));
  await stage.kill();
  stage = await startStage();
});

afterAll(async () => {
  await encoder.stop();
  await stage.close();
  rmSync(dataFolder, { recursive: true });
});

describe('when the platform has started again', () => {
  it('ends the show whose channel has stopped, and says why', async () => {
    show = await answerOnce('the end of the show', 120, async () => {
      await reconcileNow(stage.aws);
      const now = await breakoutNow(harbour.producer, show.breakoutId);
      return now.status === 'RUNNING' ? undefined : now;
    });

    expect(show).toMatchObject({ status: 'FAILED', failure: { code: 'channel-failed' } });
    expect(await watchShow(harbour.producer, show.breakoutId).logged('&type=SHOW')).toEqual(['SHOW START_REQUESTED', 'SHOW STARTED', 'SHOW FAILED']);
  }, 150_000);

  it('runs nothing, and lets no encoder in', async () => {
    expect(await channelStates()).toEqual(['IDLE', 'IDLE']);
    expect(await watchShow(harbour.producer, show.breakoutId).health()).toMatchObject({ status: 'FAILED', pipelines: [] });
  });

  it('charges what ran, once', async () => {
    const { categories } = await usageOnce(harbour.producer, show.breakoutId, ({ status, categories: { streaming } }) => status !== 'NONE' && streaming !== null);
    const { items } = bodyOf(await harbour.producer.get(`/breakouts/${show.breakoutId}/usage/lines?limit=100`), 200, usageLinesSchema);

    expect(items.filter(({ key }) => key === 'streaming/run-1/time').map(({ quantity }) => quantity?.amount)).toEqual([categories.streaming!.runMilliseconds]);
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
    expect(categories.streaming!.billableMinutes).toBe('10');
    expect(bodyOf(await harbour.finance.get(`/accounts/${harbour.accountId}/usage`), 200, accountUsageSchema).categories.streaming).toEqual(categories.streaming);
  });

  it('has the pipeline free for the next show', async () => {
    const next = await aBreakout(harbour.producer, show.eventId, 'pl_small', { startsAt: hoursAhead(1.2), endsAt: hoursAhead(1.5) });

    await answerOnce('the start of the next show', 120, async () => ((await harbour.producer.post(`/breakouts/${next.breakoutId}/start`)).status === 202 ? true : undefined));
    await becomes(harbour.producer, next.breakoutId, 'RUNNING');
    await harbour.producer.post(`/breakouts/${next.breakoutId}/stop`);

    expect((await becomes(harbour.producer, next.breakoutId, 'COMPLETED')).failure).toBeUndefined();
  }, 180_000);
});
