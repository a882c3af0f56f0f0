import type { Breakout } from '../../../lambda/domain/breakouts/breakout.ts';
import type { MemoryPlans } from '../shows/memory-plans.ts';
import { aBooking, aBreakout, aHold, anEvent, newId } from '../shows/a-plan.ts';

/** The stores that plans are kept in, which share their items. */
export type PlanStores = Pick<MemoryPlans, 'events' | 'breakouts' | 'calendar' | 'holds' | 'pastHolds'>;

type Stores = () => PlanStores;

/** A breakout that is booked, on a pipeline of its own unless told. */
const booked = async (stores: Stores, overrides: Parameters<typeof aBreakout>[0] = {}): Promise<Breakout> => {
  const { events, breakouts, calendar } = stores();
  const event = anEvent();
  await events.create(event);
  const breakout = aBreakout({ eventId: event.eventId, pipelineId: `pl_${newId('breakout').toLowerCase()}`, ...overrides });
  const { revision } = await calendar.read(breakout.pipelineId);
  expect(await breakouts.book(aBooking(breakout, await events.get(event.eventId), revision))).toBe(true);
  return breakout;
};

const describeBookings = (stores: Stores): void => {
  it('answers what was booked', async () => {
    const breakout = await booked(stores, { wantsMp4: true, failure: { code: 'x', message: 'y' } });

    expect(await stores().breakouts.get(breakout.breakoutId)).toEqual(breakout);
    const { breakoutId, accountId, pipelineId, startsAt, endsAt } = breakout;
    expect(await stores().calendar.read(pipelineId)).toEqual({ pipelineId, revision: 1, bookings: [{ pipelineId, breakoutId, accountId, startsAt, endsAt }] });
    expect(await stores().events.slots(breakout.eventId)).toEqual([{ breakoutId, startsAt, endsAt }]);
  });

  it('fails to find what is not there', async () => {
    await expect(stores().breakouts.get('bko_none')).rejects.toMatchObject({ name: 'NotFound', code: 'breakout-not-found' });
    await expect(stores().events.get('evt_none')).rejects.toMatchObject({ name: 'NotFound', code: 'event-not-found' });
    expect(await stores().holds.get('pl_none')).toBeUndefined();
  });

  it('refuses a booking on a calendar that has moved', async () => {
    const breakout = await booked(stores);
    const event = await stores().events.get(breakout.eventId);
    const other = aBreakout({ eventId: breakout.eventId, pipelineId: breakout.pipelineId });

    expect(await stores().breakouts.book(aBooking(other, event, 0))).toBe(false);
    await expect(stores().breakouts.get(other.breakoutId)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('refuses a booking in an event that has moved', async () => {
    const breakout = await booked(stores);
    const { events, breakouts } = stores();
    const before = await events.get(breakout.eventId);
    expect(await events.save({ ...before, event: { ...before.event, name: 'Moved', revision: 2 } })).toBe(true);

    const other = aBreakout({ eventId: breakout.eventId, pipelineId: breakout.pipelineId });
    expect(await breakouts.book(aBooking(other, before, 1))).toBe(false);
  });

  it('moves a booking to another pipeline', async () => {
    const one = await booked(stores);
    const { breakouts, calendar, events } = stores();
    const moved = { ...one, pipelineId: `${one.pipelineId}-b`, revision: 2 };

    expect(await breakouts.book({ ...aBooking(moved, await events.get(one.eventId), 0), leavesPipelineId: one.pipelineId })).toBe(true);

    expect((await calendar.read(one.pipelineId)).bookings).toEqual([]);
    expect((await calendar.read(moved.pipelineId)).bookings).toHaveLength(1);
  });
};

const describeChanges = (stores: Stores): void => {
  it('refuses to change an event in which something was booked meanwhile', async () => {
    const event = anEvent();
    await stores().events.create(event);
    const before = await stores().events.get(event.eventId);
    const breakout = aBreakout({ eventId: event.eventId, pipelineId: `pl_${newId('breakout').toLowerCase()}` });
    await stores().breakouts.book(aBooking(breakout, before, 0));

    expect(await stores().events.save({ ...before, event: { ...event, revision: 2 } })).toBe(false);
  });

  it('writes over the revision before only', async () => {
    const breakout = await booked(stores);

    expect(await stores().breakouts.save({ ...breakout, title: 'Second', revision: 2 })).toBe(true);
    expect(await stores().breakouts.save({ ...breakout, title: 'Also second', revision: 2 })).toBe(false);
    expect(await stores().breakouts.get(breakout.breakoutId)).toMatchObject({ title: 'Second', revision: 2 });
  });

  it('keeps what a show has declared and what it has left behind', async () => {
    const one = await booked(stores);
    const { breakouts } = stores();
    const left = { attempt: 1, pipelineId: 'pl_main', startRequestedAt: '2026-11-23T10:00:00.000Z', leftAt: '2026-11-23T10:20:00.000Z', stoppedAt: '2026-11-23T10:20:30.000Z', tailEndsAt: '2026-11-23T10:22:06.000Z', stopToken: 'token' };
    const full = { ...one, status: 'ABORTED' as const, stopReason: 'ABORTED' as const, startedAt: '2026-11-23T10:00:30.000Z', sources: ['203.0.113.7/32'], earlierLegs: [left], revision: one.revision + 1 };

    expect(await breakouts.save(full)).toBe(true);

    expect(await breakouts.get(one.breakoutId)).toEqual(full);
  });
};

const describeUnsettled = (stores: Stores): void => {
  it('knows which shows of an account are not settled', async () => {
    const one = await booked(stores, { accountId: `acc_${newId('account')}` });
    const { breakouts } = stores();
    const unsettled = () => breakouts.listUnsettled(one.accountId);
    const started = { ...one, status: 'STARTING' as const, startRequestedAt: '2026-11-23T09:59:00.000Z', revision: 2 };
    const left = { attempt: 1, pipelineId: 'pl_main', startRequestedAt: '2026-10-31T23:59:00.000Z', leftAt: '2026-11-23T10:20:00.000Z' };
    expect(await unsettled()).toEqual([]);

    await breakouts.save(started);
    expect(await unsettled()).toEqual([{ breakoutId: one.breakoutId, accountId: one.accountId, since: started.startRequestedAt }]);
    await breakouts.save({ ...started, earlierLegs: [left], revision: 3 });
    expect(await unsettled()).toMatchObject([{ since: left.startRequestedAt }]);
    await breakouts.save({ ...started, finalisedAt: '2026-11-24T12:00:00.000Z', revision: 4 });

    expect(await unsettled()).toEqual([]);
  });
};

const describeClaims = (stores: Stores): void => {
  it('gives a pipeline to one of many who claim it at once', async () => {
    const one = await booked(stores);
    const { events, breakouts, calendar } = stores();
    const { revision } = await calendar.read(one.pipelineId);
    const event = await events.get(one.eventId);
    const next = { ...one, status: 'STARTING' as const, attempt: 1, revision: 2 };

    const claims = await Promise.all(Array.from({ length: 6 }, () => breakouts.claim(aBooking(next, event, revision), aHold(next))));

    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await stores().holds.get(one.pipelineId)).toEqual(aHold(next));
  });

  it('refuses a claim of a held pipeline', async () => {
    const one = await booked(stores);
    const { breakouts, calendar, events } = stores();
    const claim = async (breakout: typeof one) => {
      const { revision } = await calendar.read(one.pipelineId);
      return breakouts.claim(aBooking(breakout, await events.get(breakout.eventId), revision), aHold(breakout));
    };
    expect(await claim({ ...one, status: 'STARTING', attempt: 1, revision: 2 })).toBe(true);
    const two = await booked(stores, { pipelineId: one.pipelineId });

    expect(await claim({ ...two, status: 'STARTING', attempt: 1, revision: 2 })).toBe(false);
    expect(await breakouts.get(two.breakoutId)).toEqual(two);
  });

  it('undoes a claim, and gives back a hold and its booking once', async () => {
    const one = await booked(stores);
    const { breakouts, calendar, events, holds } = stores();
    const claimed = { ...one, status: 'STARTING' as const, attempt: 1, revision: 2 };
    await breakouts.claim(aBooking(claimed, await events.get(one.eventId), 1), aHold(claimed));

    expect(await breakouts.unclaim({ ...claimed, status: 'SCHEDULED', revision: 3 }, aHold(claimed))).toBe(true);
    expect(await breakouts.unclaim({ ...claimed, status: 'SCHEDULED', revision: 4 }, aHold(claimed))).toBe(false);
    expect(await holds.get(one.pipelineId)).toBeUndefined();

    const again = { ...one, status: 'STARTING' as const, attempt: 2, revision: 4 };
    const { revision } = await calendar.read(one.pipelineId);
    await breakouts.claim(aBooking(again, await events.get(one.eventId), revision), aHold(again, { attempt: 2 }));
    await holds.release(aHold(again, { attempt: 1 }));
    expect(await holds.get(one.pipelineId)).toMatchObject({ attempt: 2 });
    await holds.release(aHold(again, { attempt: 2 }));
    await holds.release(aHold(again, { attempt: 2 }));
    expect(await holds.get(one.pipelineId)).toBeUndefined();
    expect((await calendar.read(one.pipelineId)).bookings).toEqual([]);
  });
};

const describePastHolds = (stores: Stores): void => {
  it('knows who held a pipeline, also after the release', async () => {
    const one = await booked(stores);
    const { breakouts, calendar, events, holds, pastHolds } = stores();
    const claim = async (attempt: number, claimedAt: string) => {
      const { revision } = await calendar.read(one.pipelineId);
      const hold = aHold(one, { attempt, claimedAt });
      const claimed = { ...one, status: 'STARTING' as const, attempt, revision: attempt + 1 };
      expect(await breakouts.claim(aBooking(claimed, await events.get(one.eventId), revision), hold)).toBe(true);
      await holds.release(hold);
      return hold;
    };
    const first = await claim(1, '2026-11-23T10:00:00.000Z');
    const second = await claim(2, '2026-11-23T10:30:00.000Z');

    expect(await pastHolds.lastClaimed(one.pipelineId, '2026-11-23T09:59:59.999Z')).toBeUndefined();
    expect(await pastHolds.lastClaimed(one.pipelineId, '2026-11-23T10:00:00.000Z')).toEqual(first);
    expect(await pastHolds.lastClaimed(one.pipelineId, '2026-11-23T10:29:59.999Z')).toEqual(first);
    expect(await pastHolds.lastClaimed(one.pipelineId, '2026-11-23T12:00:00.000Z')).toEqual(second);
  });
};

const describeLists = (stores: Stores): void => {
  it('lists in order of creation, page by page', async () => {
    const { events } = stores();
    const accountId = newId('account');
    const made = [anEvent({ accountId }), anEvent({ accountId }), anEvent({ accountId })];
    for (const event of made) await events.create(event);

    const first = await events.listByAccount(accountId, { limit: 2 });
    const second = await events.listByAccount(accountId, { limit: 2, after: first.next! });

    expect(first).toEqual({ items: made.slice(0, 2), next: made[1]!.eventId });
    expect(second).toEqual({ items: made.slice(2) });
  });

  it('lists the breakouts of an event', async () => {
    const one = await booked(stores);

    expect(await stores().breakouts.listByEvent(one.eventId, { limit: 10 })).toEqual({ items: [one] });
    expect(await stores().breakouts.listByEvent('evt_none', { limit: 10 })).toEqual({ items: [] });
  });
};

/** What every keeper of events, breakouts, bookings and holds does. Ids are new in each test, so that stores may be shared. */
export const describePlanStoresContract = (stores: Stores): void => {
  describeBookings(stores);
  describeUnsettled(stores);
  describeChanges(stores);
  describeClaims(stores);
  describePastHolds(stores);
  describeLists(stores);
};
