import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeChannelCommand, ListChannelsCommand, MediaLiveClient } from '@aws-sdk/client-medialive';
import type { z } from 'zod';
import type { BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import { accountUsageSchema, usageLinesSchema, type usageSchema } from '../../lambda/contract/api/usage.ts';
import { startEncoder, type Encoder } from '../../scripts/demo/encoder.ts';
import { bodyOf } from '../support/journeys/api-client.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { startLocalStage, type LocalStage } from '../support/journeys/local-stage.ts';
import { aShortTail } from '../support/journeys/pipelines.ts';
import { aBreakout, anEvent, answerOnce, becomes, breakoutNow, hoursAhead, ingestUrlsOf, usageOnce } from '../support/journeys/plans.ts';
import { runFunction } from '../support/journeys/run-function.ts';
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

/** Given a show that has just gone over to another pipeline when its platform is killed, and started again on the same data. */
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
  await harbour.producer.post(`/breakouts/${show.breakoutId}/change-pipeline`, { pipelineId: 'pl_spare' });
  await becomes(harbour.producer, show.breakoutId, 'RUNNING');
  await stage.kill();
  stage = await startStage();
});

afterAll(async () => {
  await encoder.stop();
  await stage.close();
  rmSync(dataFolder, { recursive: true });
});

const runAShow = async (pipelineId: string): Promise<BreakoutBody> => {
  const { breakoutId } = await aBreakout(harbour.producer, show.eventId, pipelineId, { startsAt: hoursAhead(1.2), endsAt: hoursAhead(1.5) });
  await answerOnce('the start of the next show', 150, async () => ((await harbour.producer.post(`/breakouts/${breakoutId}/start`)).status === 202 ? true : undefined));
  await becomes(harbour.producer, breakoutId, 'RUNNING');
  await harbour.producer.post(`/breakouts/${breakoutId}/stop`);
  return becomes(harbour.producer, breakoutId, 'COMPLETED');
};

describe('when the platform has started again', () => {
  it('ends the show whose channel has stopped, and says why', async () => {
    show = await answerOnce('the end of the show', 120, async () => {
      await runFunction(stage, 'reconciler');
      const now = await breakoutNow(harbour.producer, show.breakoutId);
      return now.status === 'RUNNING' ? undefined : now;
    });

    expect(show).toMatchObject({ status: 'FAILED', failure: { code: 'channel-failed' } });
    expect((await watchShow(harbour.producer, show.breakoutId).logged('&type=SHOW')).at(-1)).toBe('SHOW FAILED');
  }, 150_000);

  it('runs nothing, and lets no encoder in', async () => {
    expect(await channelStates()).toEqual(['IDLE', 'IDLE']);
    expect(await watchShow(harbour.producer, show.breakoutId).health()).toMatchObject({ status: 'FAILED', pipelines: [] });
  });

  it('charges both runs, each once', async () => {
    const bothIn = ({ status, categories }: z.infer<typeof usageSchema>) => status !== 'NONE' && categories.streaming?.billableMinutes === '20';
    const { categories: { streaming } } = await usageOnce(harbour.producer, show.breakoutId, bothIn);
    const { items } = bodyOf(await harbour.producer.get(`/breakouts/${show.breakoutId}/usage/lines?limit=100`), 200, usageLinesSchema);
    const times = items.filter(({ key }) => /^streaming\/run-\d\/time$/.test(key)).map(({ quantity }) => Number(quantity!.amount));

    expect(times).toHaveLength(2);
    expect(times.reduce((sum, time) => sum + time, 0)).toBe(Number(streaming!.runMilliseconds));
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
    expect(bodyOf(await harbour.finance.get(`/accounts/${harbour.accountId}/usage`), 200, accountUsageSchema).categories.streaming).toEqual(streaming);
  });

  it('has both pipelines free for the next shows', async () => {
    const next = await Promise.all(['pl_small', 'pl_spare'].map(runAShow));

    expect(next.map(({ failure }) => failure)).toEqual([undefined, undefined]);
  }, 240_000);
});
