import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { accountUsageSchema, eventUsageSchema, usageLinesSchema, type breakoutUsageSchema } from '../../lambda/contract/api/usage.ts';
import type { BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import { priceBookSchema, priceBooksSchema } from '../../lambda/contract/api/price-books.ts';
import { reratedBreakoutSchema } from '../../lambda/contract/api/rerated-usage.ts';
import { startEncoder } from '../../scripts/demo/encoder.ts';
import { startViewer, type Viewing } from '../../scripts/demo/viewer.ts';
import { bodyOf, problemOf } from '../support/journeys/api-client.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aBooking, aBreakout, anEvent, answerOnce, becomes, breakoutNow, hoursAhead, ingestUrlOf, playbackUrlOf, usageOnce } from '../support/journeys/plans.ts';
import { aShortTail } from '../support/journeys/pipelines.ts';
import { recordingOf } from '../support/journeys/recordings.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';
import { pushTestCard } from '../support/media/test-card.ts';

let stage: StageDriver;
let harbour: AccountCast;
let breakout: BreakoutBody;
let next: BreakoutBody;
let ingestUrl: string;
let playbackUrl: string;
let folder: string;

const readAgain = (): Promise<BreakoutBody> => breakoutNow(harbour.producer, breakout.breakoutId);

/** Given an account that has booked two shows on one pipeline, one now and one later. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'journey-show-'));
  stage = await openStage({ pipelines: [aShortTail('pl_show', { ladder: 'small' }), aShortTail('pl_other')] });
  harbour = await anAccount(stage);
  const { eventId } = await anEvent(harbour.producer);
  breakout = await aBreakout(harbour.producer, eventId, stage.pipelineIds[0], { wantsMp4: true });
  next = await aBreakout(harbour.producer, eventId, stage.pipelineIds[0], { startsAt: hoursAhead(2), endsAt: hoursAhead(3), title: 'Second show' });
});

afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

describe('when it is booked', () => {
  it('refuses a third show in its time, and tells the times', async () => {
    const answer = await harbour.producer.post(`/events/${breakout.eventId}/breakouts`, aBooking(stage.pipelineIds[0], { endsAt: hoursAhead(0.5) }));

    const { status, code, details } = problemOf(answer);
    expect({ status, code }).toEqual({ status: 409, code: 'pipeline-booked' });
    expect(details).toMatchObject({ breakoutId: breakout.breakoutId, startsAt: breakout.startsAt, endsAt: breakout.endsAt });
  });

  it('tells the encoder where to push to, the same each time', async () => {
    ingestUrl = await ingestUrlOf(harbour.producer, breakout.breakoutId);

    expect(ingestUrl).toMatch(/^rtmp:\/\/[^/]+\/live\/\w{32,}$/);
    expect(await ingestUrlOf(harbour.owner, breakout.breakoutId)).toBe(ingestUrl);
    expect(await ingestUrlOf(harbour.producer, next.breakoutId)).not.toBe(ingestUrl);
  });

  it('has used nothing', async () => {
    expect(await usageOnce(harbour.producer, breakout.breakoutId, () => true)).toMatchObject({ status: 'NONE', totalUsd: '0' });
  });

  it('refuses an encoder before the start', async () => {
    expect(await pushTestCard(ingestUrl, 1).exit).not.toBe(0);
  });

  it('shows viewers nothing before the start', async () => {
    expect((await fetch(await playbackUrlOf(harbour.viewer, breakout.breakoutId))).status).toBe(403);
  });
});

describe('when it is on air', () => {
  let viewing: Viewing;
  let watched: Buffer;

  beforeAll(async () => {
    await harbour.producer.post(`/breakouts/${breakout.breakoutId}/start`);
    await becomes(harbour.producer, breakout.breakoutId, 'RUNNING');
    playbackUrl = await playbackUrlOf(harbour.viewer, breakout.breakoutId);
    const file = join(folder, 'watched.ts');
    const encoder = startEncoder({ urls: [ingestUrl], height: 360 });
    const viewer = startViewer(playbackUrl, file);
    try {
      await answerOnce('a fourth segment', 30, async () => (viewer.viewing.segments >= 4 ? true : undefined));
    } finally {
      await Promise.all([encoder.stop(), viewer.leave()]);
    }
    viewing = viewer.viewing;
    watched = readFileSync(file);
  }, 60_000);

  it('starts only once', async () => {
    expect(problemOf(await harbour.producer.post(`/breakouts/${breakout.breakoutId}/start`))).toMatchObject({ status: 409, code: 'breakout-not-scheduled', details: { status: 'RUNNING' } });
  });

  it('gives viewers video that plays', async () => {
    const packets = Array.from({ length: watched.length / 188 }, (_, index) => watched[index * 188]);

    expect(viewing.seconds).toBeGreaterThan(6);
    expect(packets.length).toBeGreaterThan(1000);
    expect(new Set(packets)).toEqual(new Set([0x47]));
  });

  it('gives no viewer a manifest with an address that lacks the token', async () => {
    const manifest = await (await fetch(playbackUrl)).text();

    const addresses = manifest.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(addresses).not.toEqual([]);
    for (const address of addresses) expect(new URL(address, playbackUrl).href.startsWith(playbackUrl.replace(/\/out\/.*/, '/out/'))).toBe(true);
  });

  it('refuses an encoder with a wrong key', async () => {
    expect(await pushTestCard(ingestUrl.replace(/.$/, (last) => (last === '0' ? '1' : '0')), 1).exit).not.toBe(0);
    expect(await pushTestCard(await ingestUrlOf(harbour.producer, next.breakoutId), 1).exit).not.toBe(0);
  });

  describe('and a viewer comes with an address that was changed', () => {
    const changed = (change: (parts: { prefix: string; token: string; breakoutId: string; path: string }) => string): string => {
      const [, prefix = '', token = '', breakoutId = '', path = ''] = /^(.*)\/t\/([^/]+)\/([^/]+)(\/.*)$/.exec(playbackUrl)!;
      return change({ prefix, token, breakoutId, path });
    };
    const withTokenPart = (index: number, change: (part: string) => string): string =>
      changed(({ prefix, token, breakoutId, path }) => `${prefix}/t/${token.split('.').with(index, change(token.split('.')[index]!)).join('.')}/${breakoutId}${path}`);
    const flipped = (part: string): string => part.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));

    it.each([
      ['another signature', () => withTokenPart(4, flipped)],
      ['another kind', () => withTokenPart(3, () => 'p')],
      ['another session', () => withTokenPart(2, flipped)],
      ['a later expiry', () => withTokenPart(1, () => 'zzzzzz')],
      ['an unknown key', () => withTokenPart(0, () => 'k9')],
      ['no token', () => changed(({ prefix, breakoutId, path }) => `${prefix}/t/-/${breakoutId}${path}`)],
      ['the breakout of another show', () => changed(({ prefix, token, path }) => `${prefix}/t/${token}/${next.breakoutId}${path}`)],
    ])('refuses %s', async (_, url) => {
      expect((await fetch(url())).status).toBe(403);
    });

    it('refuses a good token of a show that is not on', async () => {
      expect((await fetch(await playbackUrlOf(harbour.viewer, next.breakoutId))).status).toBe(403);
    });

    it('does not find the packager\'s own path', async () => {
      expect((await fetch(changed(({ prefix, path }) => `${prefix}${path}`))).status).toBe(404);
    });
  });
});

describe('when it is stopped', () => {
  let usage: z.infer<typeof breakoutUsageSchema>;

  const nanoDollars = (usd: string): bigint => {
    const [whole, fraction = ''] = usd.split('.');
    return BigInt(`${whole!}${fraction.padEnd(9, '0')}`);
  };

  beforeAll(async () => {
    await harbour.producer.post(`/breakouts/${breakout.breakoutId}/stop`);
    breakout = await becomes(harbour.producer, breakout.breakoutId, 'COMPLETED');
    usage = await usageOnce(harbour.producer, breakout.breakoutId, ({ status, categories }) => status === 'PROVISIONAL' && categories.conversion !== null);
  }, 120_000);

  it('is COMPLETED, for good', async () => {
    expect(breakout).toMatchObject({ status: 'COMPLETED', stopReason: 'REQUESTED' });
    expect(problemOf(await harbour.producer.post(`/breakouts/${breakout.breakoutId}/start`))).toMatchObject({ status: 409, code: 'breakout-not-scheduled', details: { status: 'COMPLETED' } });
    expect((await readAgain()).updatedAt).toBe(breakout.updatedAt);
  });

  it('has a recording as long as the show', async () => {
    const recording = await recordingOf(harbour.producer, breakout.breakoutId);

    expect(recording).toMatchObject({ status: 'READY', gaps: [], overlaps: [] });
    expect(recording!.files.map(({ format }) => format)).toEqual(['HLS', 'MP4']);
    expect(Number(usage.categories.conversion!.milliseconds)).toBeGreaterThan(6000);
  });

  it('has provisional usage in every category that is known', () => {
    const { streaming, packaging, conversion, storage } = usage.categories;

    expect(usage.status).toBe('PROVISIONAL');
    for (const category of [streaming, packaging, conversion, storage]) expect(Number(category?.usd)).toBeGreaterThan(0);
  });

  it('has usage that is the sum of its lines', async () => {
    const { items } = bodyOf(await harbour.producer.get(`/breakouts/${breakout.breakoutId}/usage/lines?limit=100`), 200, usageLinesSchema);

    const borne = items.filter(({ owner, usd }) => owner === 'BREAKOUT' && usd !== undefined);
    expect(borne.length).toBeGreaterThan(4);
    expect(borne.reduce((sum, { usd }) => sum + nanoDollars(usd!), 0n)).toBe(nanoDollars(usage.totalUsd));
    expect(usage.unpriced).toEqual([]);
  });

  it('costs the same by the price book that it was rated from', async () => {
    const { items } = bodyOf(await harbour.finance.get('/price-books?limit=1'), 200, priceBooksSchema);
    const { priceBookId, rates } = bodyOf(await harbour.finance.get(`/price-books/${encodeURIComponent(items[0]!.priceBookId)}?limit=1`), 200, priceBookSchema);
    const again = bodyOf(await harbour.finance.get(`/breakouts/${breakout.breakoutId}/usage/rerated?priceBook=${priceBookId}&limit=100`), 200, reratedBreakoutSchema);

    expect(rates.items).toHaveLength(1);
    expect(again).toMatchObject({ booked: { priceBookId }, was: { usd: usage.totalUsd }, is: { usd: usage.totalUsd }, isComplete: true, unpricedLines: 0 });
    expect(new Set(again.lines.items.map(({ outcome }) => outcome))).toEqual(new Set(['SAME']));
  });

  it('is all that its event and account have used', async () => {
    const { breakoutId: _id, sources: _sources, accruing, ...ofBreakout } = usage;
    const event = bodyOf(await harbour.finance.get(`/events/${breakout.eventId}/usage`), 200, eventUsageSchema);
    const account = bodyOf(await harbour.finance.get(`/accounts/${breakout.accountId}/usage`), 200, accountUsageSchema);

    for (const level of [event, account]) expect(level).toMatchObject({ ...ofBreakout, asOf: level.asOf, accruing: { bytes: accruing!.bytes } });
  });

  it('lets viewers play what is left', async () => {
    expect(Date.now()).toBeLessThan(Date.parse(breakout.tailEndsAt!));
    expect((await fetch(playbackUrl)).status).toBe(200);
  });

  it('lets no encoder in any more', async () => {
    expect(await pushTestCard(ingestUrl, 1).exit).not.toBe(0);
  });
});

describe('when its last viewers have seen the end', () => {
  it('is served no longer', async () => {
    const tailSeconds = (Date.parse(breakout.tailEndsAt!) - Date.now()) / 1000;

    await answerOnce('the edge refusing viewers', tailSeconds + 10, async () => ((await fetch(playbackUrl)).status === 403 ? true : undefined));

    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(breakout.tailEndsAt!));
  }, 150_000);
});
