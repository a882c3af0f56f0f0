import type { StreamSessionStore } from '../../../lambda/domain/breakouts/cam/stream-session.ts';
import { aStreamSession } from '../shows/a-cam-plan.ts';

/** What every keeper of stream sessions does. */
export const describeStreamSessionContract = (store: () => StreamSessionStore): void => {
  it('keeps what the service says of a session, and forgets nothing that it said before', async () => {
    const session = aStreamSession();
    const source = { widthPixels: 1280, heightPixels: 720, framesPerSecond: 30, bitsPerSecond: 2_500_000, codec: 'avc1.42C01F' };
    const endedAt = '2026-11-23T10:30:00.000Z';

    await store().keep(session);
    await store().keep({ ...session, source, hasErrors: true });
    await store().keep({ ...session, isUnrecorded: true });
    await store().keep({ ...session, endedAt });

    expect(await store().list(session.breakoutId)).toEqual([{ ...session, source, endedAt, hasErrors: true, isUnrecorded: true }]);
    expect(await store().keep(session)).toEqual({ ...session, source, endedAt, hasErrors: true, isUnrecorded: true });
  });

  it('keeps when a session was last read, and that all is known of it', async () => {
    const session = aStreamSession();

    await store().keep({ ...session, readAt: '2026-11-23T10:40:00.000Z', isSettled: true });
    await store().keep({ ...session, readAt: '2026-11-23T10:30:00.000Z' });

    expect(await store().keep(session)).toEqual({ ...session, readAt: '2026-11-23T10:40:00.000Z', isSettled: true });
  });

  it('lists the sessions of a breakout by attempt and start', async () => {
    const first = aStreamSession({ streamId: 'st-b' });
    const second = { ...first, streamId: 'st-a', startedAt: '2026-11-23T10:05:00.000Z' };
    const again = { ...first, attempt: 2, streamId: 'st-c', startedAt: '2026-11-23T10:10:00.000Z' };

    for (const session of [again, second, first, aStreamSession()]) await store().keep(session);

    expect((await store().list(first.breakoutId)).map(({ streamId }) => streamId)).toEqual(['st-b', 'st-a', 'st-c']);
  });

  it('loses nothing when several say something at once', async () => {
    const session = aStreamSession();

    await Promise.all([store().keep(session), store().keep({ ...session, hasErrors: true }), store().keep({ ...session, endedAt: '2026-11-23T10:30:00.000Z' })]);

    expect(await store().list(session.breakoutId)).toEqual([{ ...session, hasErrors: true, endedAt: '2026-11-23T10:30:00.000Z' }]);
  });
};
