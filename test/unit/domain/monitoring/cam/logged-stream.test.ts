import { loggedStream } from '../../../../../lambda/domain/monitoring/cam/logged-stream.ts';
import { streamEntry } from '../../../../../lambda/domain/monitoring/cam/stream-facts.ts';
import type { ShowLogEntry } from '../../../../../lambda/domain/breakouts/log/show-log.ts';
import { armedShow } from '../../../../support/shows/cam-world.ts';

const entry = (streamId: string, name: string, time: string): ShowLogEntry => {
  const said = streamEntry({ streamId, name, type: 'IVS Stream State Change', at: `2026-11-23T10:${time}Z` });
  if (said === undefined) throw new Error(`a log says nothing of ${name}`);
  return { ...said, breakoutId: 'bko_1', accountId: 'acc_1', attempt: 1 };
};

describe('a Cam show\'s stream by its log', () => {
  it('has ended where it was there for less than a second', () => {
    expect(loggedStream([entry('st-1', 'Stream Start', '00:00.100'), entry('st-1', 'Stream End', '00:00.900')]).state).toBe('LOST');
  });

  it.each([['st-b', 'st-a'], ['st-a', 'st-b']])('arrives where %s is followed by %s within the second', (first, second) => {
    const entries = [entry(first, 'Stream Start', '00:00.000'), entry(first, 'Stream End', '05:00.100'), entry(second, 'Stream Start', '05:00.900')];

    expect(loggedStream(entries).state).toBe('ARRIVING');
    expect(loggedStream(entries.toReversed()).state).toBe('ARRIVING');
  });

  it('has ended with the last stream, though nobody told the end of one before', () => {
    expect(loggedStream([entry('st-b', 'Stream Start', '00:00.000'), entry('st-a', 'Stream Start', '05:00.000'), entry('st-a', 'Stream End', '06:00.000')]).state).toBe('LOST');
  });

  it('keeps the alert of a stream that begins in the same second', () => {
    const { alerts } = loggedStream([entry('st-1', 'Ingest Bitrate', '01:00.000'), entry('st-2', 'Stream Start', '05:00.000'), entry('st-2', 'Starvation Start', '05:00.500')]);

    expect(alerts.map(({ alertId }) => alertId)).toEqual(['starvation-st-2']);
  });

  it('is listed from its beginning to its end within a second', () => {
    const names = ['Recording Start', 'Recording End', 'Stream Start', 'Stream End', 'Starvation Start', 'Starvation End'];
    const ids = names.map((name) => entry('st-1', name, '00:00.000').id).toSorted();

    for (const what of ['recording', 'starvation', 'stream']) {
      expect(ids.findIndex((id) => id.includes(`${what}-start`))).toBeLessThan(ids.findIndex((id) => id.includes(`${what}-end`)));
    }
  });
});

describe('the alerts of a Cam show', () => {
  it('are cleared in its log, once, when a stream comes after them', async () => {
    const show = await armedShow();
    show.setTime('2026-11-23T10:02:00.000Z');
    await show.reconcile();
    show.ivs.connect();
    await show.hear('st-1', 'Stream Start', '2026-11-23T10:02:00.000Z');
    await show.hear('st-1', 'Ingest Bitrate', '2026-11-23T10:02:30.000Z', { type: 'IVS Limit Breach' });
    show.ivs.disconnect();
    show.setTime('2026-11-23T10:03:00.000Z');
    await show.reconcile();
    const before = show.log.kept.filter(({ name }) => name === 'CLEARED').map(({ alertType, at }) => [alertType, at]);
    show.setTime('2026-11-23T10:04:00.000Z');
    show.ivs.connect();
    for (let look = 0; look < 3; look += 1) await show.reconcile();

    expect(before).toEqual([['no stream', '2026-11-23T10:02:00.000Z']]);
    expect(show.log.kept.filter(({ name }) => name === 'CLEARED').map(({ alertType, at }) => [alertType, at])).toEqual([
      ['no stream', '2026-11-23T10:02:00.000Z'],
      ['IVS bitrate', '2026-11-23T10:04:00.000Z'],
    ]);
    expect(show.log.kept.filter(({ type }) => type === 'ALERT').filter(({ name }) => name === 'SET').map(({ alertId }) => alertId).toSorted()).toEqual(
      show.log.kept.filter(({ name }) => name === 'CLEARED').map(({ alertId }) => alertId).toSorted(),
    );
  });
});
