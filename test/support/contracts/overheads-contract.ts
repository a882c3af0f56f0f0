import type { StrayDay, StrayDays } from '../../../lambda/domain/usage/inventory/stray-storage.ts';
import type { OnDemandTraffic } from '../../../lambda/domain/usage/on-demand/on-demand-traffic.ts';
import type { KnownPipelines } from '../../../lambda/domain/usage/overheads/known-pipelines.ts';
import type { CamOverheadDay, CamOverheadDays } from '../../../lambda/domain/usage/overheads/cam-overhead-day.ts';
import type { OverheadDay, OverheadDays } from '../../../lambda/domain/usage/overheads/overhead-day.ts';
import type { ChannelClasses, ChannelTurns } from '../../../lambda/domain/usage/overheads/unheld-runs.ts';
import type { UnendedConversions } from '../../../lambda/domain/recordings/unended-jobs.ts';
import type { DeliveryLogRow } from '../../../lambda/domain/usage/delivery-log.ts';

const row: DeliveryLogRow = { minute: Date.parse('2026-11-23T00:00:00Z'), breakoutId: 'bko_1', kind: 'RECORDING', geography: 'EU', protocol: 'https', result: 'Hit', requests: 2n, bytes: 1n << 60n };

const aDay = (overrides: Partial<OverheadDay> = {}): OverheadDay => ({
  purpose: 'recordings', day: '2026-11-23', region: 'us-east-1', distributionId: 'E1', total: { bytes: 1n << 62n, requests: 9n }, attributed: { bytes: 5n, requests: 1n },
  rows: [{ ...row, breakoutId: null, kind: null }], isComplete: true, countedAt: 7, ...overrides,
});

/** What every keeper of what recordings' viewers were sent does. */
export const describeOnDemandContract = (store: () => OnDemandTraffic): void => {
  it('sets a day anew, and tells whether that changed anything', async () => {
    expect(await store().keep('bko_1', '2026-11-23', [row])).toBe(true);
    expect(await store().keep('bko_1', '2026-11-23', [row])).toBe(false);
    expect(await store().keep('bko_1', '2026-11-23', [{ ...row, bytes: 3n }])).toBe(true);
    await store().keep('bko_1', '2026-12-01', [row]);
    await store().keep('bko_2', '2026-11-24', [row]);

    expect(await store().month('bko_1', '2026-11')).toEqual([{ ...row, bytes: 3n }]);
    expect(await store().month('bko_1', '2026-10')).toEqual([]);
  });
};

/** What every keeper of days of overheads does. */
export const describeOverheadDaysContract = (store: () => OverheadDays): void => {
  it('answers the days of a purpose and month in order, each as it was set last', async () => {
    const idle = { channelMilliseconds: 3n, inputMilliseconds: 6n };
    const channel: ChannelClasses = { channelClass: 'STANDARD', inputs: [{ name: 'a', codec: 'AVC', resolution: 'HD', maximumBitrate: 'MAX_10_MBPS' }], outputs: [{ name: '1080p', codec: 'AVC', widthPixels: 1920, heightPixels: 1080, bitsPerSecond: 5e6, framesPerSecond: 30 }] };
    const unheld = { milliseconds: 1n << 60n, billableMinutes: 5n, channel };
    for (const day of ['2026-11-24', '2026-11-23', '2026-12-01']) await store().keep(aDay({ day }));
    await store().keep(aDay({ purpose: 'pipeline/pl_main', idle, unheld }));
    await store().keep(aDay({ countedAt: 8 }));

    expect(await store().month('recordings', '2026-11')).toEqual([aDay({ countedAt: 8 }), aDay({ day: '2026-11-24' })]);
    expect(await store().get('pipeline/pl_main', '2026-11-23')).toEqual(aDay({ purpose: 'pipeline/pl_main', idle, unheld }));
    expect(await store().get('recordings', '2026-11-25')).toBeUndefined();
  });
};

const aCamDay = (overrides: Partial<CamOverheadDay> = {}): CamOverheadDay => ({
  purpose: 'cam-pipeline/pl_cam', day: '2026-11-23', region: 'us-east-1', channelArn: 'arn:aws:ivs:us-east-1:123456789012:channel/AbCdef1G2hij', channelType: 'STANDARD',
  streamedMilliseconds: 5n, inputMilliseconds: 4n, minutesBySessions: 1, deliveredMilliseconds: 1n << 60n, deliveredByCountry: [{ country: 'DE', milliseconds: 7n }],
  classes: { highest: 'HD', lowest: 'SD' }, isComplete: true, countedAt: 7, ...overrides,
});

/** What every keeper of days of what Cam pipelines streamed for nobody does. */
export const describeCamOverheadDaysContract = (store: () => CamOverheadDays): void => {
  it('answers the days of a Cam pipeline and month in order, each as it was set last', async () => {
    for (const day of ['2026-11-24', '2026-11-23', '2026-12-01']) await store().keep(aCamDay({ day }));
    await store().keep(aCamDay({ deliveredMilliseconds: null, countedAt: 8 }));

    expect(await store().month('cam-pipeline/pl_cam', '2026-11')).toEqual([aCamDay({ deliveredMilliseconds: null, countedAt: 8 }), aCamDay({ day: '2026-11-24' })]);
    expect(await store().get('cam-pipeline/pl_cam', '2026-12-01')).toEqual(aCamDay({ day: '2026-12-01' }));
    expect(await store().get('cam-pipeline/pl_other', '2026-12-01')).toBeUndefined();
  });
};

/** What every keeper of days of what nobody holds does. */
export const describeStrayDaysContract = (store: () => StrayDays): void => {
  it('answers the days of a place and month in order, each as it was set last', async () => {
    const stray: StrayDay = { place: 'archive', day: '2026-11-23', bucket: 'b', region: 'us-east-1', bytes: 1n << 62n, objects: 2, someKeys: ['a/b'], countedAt: 7 };
    for (const day of ['2026-11-24', '2026-11-23', '2026-12-01']) await store().keep({ ...stray, day });
    await store().keep({ ...stray, place: 'recordings' });
    await store().keep({ ...stray, countedAt: 8 });

    expect(await store().month('archive', '2026-11')).toEqual([{ ...stray, countedAt: 8 }, { ...stray, day: '2026-11-24' }]);
    expect(await store().month('recordings', '2026-12')).toEqual([]);
  });
};

/** What everyone who remembers when channels ran for nobody does. */
export const describeChannelTurnsContract = (store: () => ChannelTurns): void => {
  it('answers the turns of a time, and those before it back to the last end', async () => {
    const turn = (time: string, isOn: boolean, pipelineId = 'pl_turns') => ({ pipelineId, at: `2026-11-${time}:00.000Z`, isOn });
    const turns = [turn('22T01:00', true), turn('22T02:00', false), turn('22T20:00', true), turn('22T20:01', true), turn('23T05:00', false), turn('23T06:00', true), turn('24T00:00', false)];
    for (const one of [...turns, turns[0]!, turn('23T05:30', true, 'pl_turned')]) await store().note(one);

    const day = { from: Date.parse('2026-11-23T00:00:00Z'), to: Date.parse('2026-11-24T00:00:00Z') };
    expect(await store().around('pl_turns', day)).toEqual(turns.slice(1, 6));
    expect(await store().around('pl_turns', { from: 0, to: day.from })).toEqual(turns.slice(0, 4));
    expect(await store().around('pl_none', day)).toEqual([]);
  });
};

/** What everyone who remembers pipelines does. */
export const describeKnownPipelinesContract = (store: () => KnownPipelines): void => {
  it('remembers when a pipeline was seen first and last', async () => {
    const pipeline = { kind: 'PRO', pipelineId: 'pl_main', region: 'us-east-1', distributionId: 'E1', pushInputs: 1 } as const;
    const cam = { kind: 'CAM', pipelineId: 'pl_cam', region: 'us-east-1', channelArn: 'arn:aws:ivs:us-east-1:123456789012:channel/AbCdef1G2hij', channelType: 'BASIC' } as const;
    await store().see({ ...pipeline, lastSeenAt: 1 });
    await store().see({ ...pipeline, pushInputs: 2, lastSeenAt: 5 });
    await store().see({ ...pipeline, pipelineId: 'pl_a', lastSeenAt: 3 });
    await store().see({ ...cam, lastSeenAt: 4 });
    await store().see({ ...cam, channelType: 'STANDARD', lastSeenAt: 6 });

    expect(await store().list()).toEqual([{ ...pipeline, pipelineId: 'pl_a', knownSince: 3, lastSeenAt: 3 }, { ...cam, channelType: 'STANDARD', knownSince: 4, lastSeenAt: 6 }, { ...pipeline, pushInputs: 2, knownSince: 1, lastSeenAt: 5 }]);
  });
};

/** What everyone who remembers conversions that were given up does. */
export const describeUnendedConversionsContract = (store: () => UnendedConversions): void => {
  it('remembers a breakout once, until it is forgotten', async () => {
    for (const breakoutId of ['bko_2', 'bko_1', 'bko_2', 'bko_3']) await store().note(breakoutId);
    for (const breakoutId of ['bko_3', 'bko_3', 'bko_9']) await store().forget(breakoutId);

    expect(await store().list()).toEqual(['bko_1', 'bko_2']);
  });
};
