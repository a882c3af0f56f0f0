import type { ServiceEvent } from '../../../../../local/runtime/ports.ts';
import { memoryStateStore } from '../../../../../local/runtime/state/collection.ts';
import { type ChannelRecord, openRecords } from '../../../../../local/services/ivs/records.ts';
import { bitrateBreach, resolutionBreach } from '../../../../../local/services/ivs/streams/limit-breach.ts';
import { SessionBook } from '../../../../../local/services/ivs/streams/session-book.ts';
import { type DocumentedEvent, toldEvent } from '../../../../support/ivs/documented-events.ts';
import { manualClock } from '../../../../support/manual-clock.ts';

const channel: ChannelRecord = { id: 'AbCdef1G2hij', name: '', type: 'BASIC', latencyMode: 'LOW', containerFormat: 'TS', authorized: true, insecureIngest: false, tags: {} };
const channelArn = `arn:aws:ivs:us-east-1:123456789012:channel/${channel.id}`;
const size = (widthPixels: number, heightPixels: number) => ({ widthPixels, heightPixels });

const open = () => {
  const told: ServiceEvent[] = [];
  const book = new SessionBook({ records: openRecords(memoryStateStore()), clock: manualClock(), owner: { region: 'us-east-1', accountId: '123456789012' }, events: { emit: (event) => void told.push(event) } });
  return { told, book, streamId: book.begin(channel) };
};

const cases: readonly (readonly [DocumentedEvent, (book: SessionBook, streamId: string) => void])[] = [
  ['sessionEnded', (book, id) => book.disconnected(id)],
  ['streamStart', (book, id) => book.start(id, {})],
  ['streamFailure', (book, id) => book.failed(id, 'too much')],
  ['streamTakeover', (book, id) => book.takenOver(id)],
  ['streamTakeoverFailure', (book, id) => book.takeoverFailed(id, 'StreamTakeoverInvalidPriority')],
  ['starvationStart', (book, id) => book.starving(id, true)],
  ['starvationEnd', (book, id) => book.starving(id, false)],
  ['ingestBitrate', (book, id) => book.breached(id, bitrateBreach('BASIC', size(640, 360), 1_900_000)!)],
  ['ingestTotalPixels', (book, id) => book.breached(id, resolutionBreach(size(1920, 1200))!)],
  ['ingestPixelsPerEdge', (book, id) => book.breached(id, resolutionBreach(size(2560, 1440))!)],
];

describe('what local IVS tells of a stream', () => {
  it.each(cases)('has the form that AWS documents of %s', (name, happen) => {
    const { told, book, streamId } = open();
    happen(book, streamId);
    const { source, resources, detail, 'detail-type': detailType } = toldEvent(name, { channelArn, streamId, at: '2026-11-23T10:00:00Z' });
    const { reason = '' } = detail;

    expect(told.at(-1)).toEqual({ source, detailType, resources, detail: { ...detail, ...(reason === '' ? {} : { reason: 'too much' }) } });
  });

  it('begins with its session, and ends where it was live', () => {
    const { told, book, streamId } = open();
    book.end(streamId);
    const lone = told.map(({ detail }) => detail['event_name']);
    const second = book.begin(channel);
    book.start(second, {});
    book.end(second);

    expect(lone).toEqual(['Session Created']);
    expect(told.slice(1).map(({ detail }) => detail)).toEqual((['sessionCreated', 'streamStart', 'streamEnd'] as const).map((name) => toldEvent(name, { channelArn, streamId: second, at: '2026-11-23T10:00:00Z' }).detail));
  });
});
